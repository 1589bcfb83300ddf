package org.sessionpro.backend;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.sessionpro.backend.cli.ServeAction;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.proof.ServerKeys;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.protocol.crypto.Crypto;
import org.slf4j.Logger;

/// The process that serves: starts a [Backend], says where it listens, and stops it in order when
/// the process gets SIGTERM or SIGINT.
final class ServerProcess implements ServeAction {
  private static final Logger LOG = LoggerName.PRO.logger();

  private static final String DEVELOPMENT =
      """
      ****************************************************************************
      *  DEVELOPMENT MODE. The signing key is public: anybody can forge proofs.  *
      *  Never let real users reach this server.                                 *
      ****************************************************************************\
      """;

  private final Shell shell;
  private final InstantSource clock;

  ServerProcess(Shell shell, InstantSource clock) {
    this.shell = shell;
    this.clock = clock;
  }

  /// Does not return while the server runs; the end of the process is its end, with status 0 if it
  /// was asked for.
  @Override
  public void serve(Settings settings) {
    Crypto crypto = Crypto.selfTested();
    Backend backend = Backend.start(settings, crypto, clock);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(backend), "stop"));
    announce(settings, crypto, backend);
    waitForTheEnd();
  }

  /// Runs while the process ends. Halting here makes a requested end a success: the platform would
  /// report the signal instead.
  private static void stop(Backend backend) {
    LOG.info("stopping");
    backend.close();
    LOG.info("stopped");
    Logging.stop();
    Runtime.getRuntime().halt(0);
  }

  private void announce(Settings settings, Crypto crypto, Backend backend) {
    ServerKeys keys = backend.keys();
    if (settings.dev()) {
      DEVELOPMENT.lines().forEach(LOG::warn);
    }
    LOG.info("Session Pro backend {}", ProductVersion.current());
    LOG.info("ledger {}", settings.storage().database());
    for (Crypto.Choice choice : crypto.choices()) {
      LOG.info("{} by {}", choice.algorithm(), choice.library());
      choice.passedOver().forEach(reason -> LOG.warn("{}: {}", choice.algorithm(), reason));
    }
    if (keys.origin() == ServerKeys.Origin.CREATED) {
      LOG.warn("made a new signing key, {}: back it up", keyFile(settings));
    }
    LOG.info("signing key {}", keys.current().publicKey().hex());
    LOG.info("onion key {}", keys.current().onion().publicKey().hex());
    InetSocketAddress address = backend.address();
    shell.out().println("listening on " + url(address));
    shell.out().flush();
    LOG.info("listening on {}", url(address));
  }

  private static Path keyFile(Settings settings) {
    return switch (settings.keys().signing()) {
      case SigningKeySource.DefaultFile(Path path) -> path.toAbsolutePath();
      case SigningKeySource.ConfiguredFile(Path path) -> path.toAbsolutePath();
      case SigningKeySource.Development _ ->
          throw new IllegalStateException("the development key is in no file");
    };
  }

  private static String url(InetSocketAddress address) {
    String host = address.getHostString();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
