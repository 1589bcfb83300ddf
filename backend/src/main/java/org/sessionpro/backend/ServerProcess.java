package org.sessionpro.backend;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ServeAction;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.db.TablePrinter;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;
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

  private static final Duration LONGEST_STOP = Duration.ofMillis(9_500);

  private static final String DEVELOPMENT =
      """
      ****************************************************************************
      *  DEVELOPMENT MODE. The signing key is public: anybody can forge proofs.  *
      *  Never let real users reach this server.                                 *
      ****************************************************************************
      """;

  private final Shell shell;
  private final InstantSource system;

  /// @param system the system's clock
  ServerProcess(Shell shell, InstantSource system) {
    this.shell = shell;
    this.system = system;
  }

  /// Does not return while the server runs; the end of the process is its end, with status 0 if it
  /// was asked for. Prints the tables instead, and fails, if the settings say so.
  @Override
  public void serve(Configuration configuration) {
    Settings settings = configuration.settings();
    if (settings.storage().printTables()) {
      new TablePrinter(shell, Crypto::selfTested).print(settings.storage().database(), false);
      throw CommandFailed.because(
          "the tables were printed instead of serving, because "
              + Setting.PRINT_TABLES.variable()
              + " is 1");
    }
    AtomicReference<@Nullable Backend> running = new AtomicReference<>();
    Thread stop = new Thread(() -> stop(running.get()), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      Beside<Crypto> crypto = Beside.begun("self-test", Crypto::selfTested);
      InstantSource clock = settings.development().clock(system);
      Backend backend =
          Backend.start(settings, crypto, clock, keys -> announceIfNew(settings, keys));
      running.set(backend);
      announce(configuration, crypto.get(), backend);
      backend.startJobs();
    } catch (RuntimeException | Error failed) {
      // An end that nobody asked for must not look like a success.
      Runtime.getRuntime().removeShutdownHook(stop);
      if (failed instanceof ConfigurationError found) {
        throw configuration.placed(found);
      }
      throw failed;
    }
    waitForTheEnd();
  }

  /// Runs while the process ends. Halting here makes a requested end a success, which the platform
  /// would report as the signal instead, and bounds it.
  ///
  /// @param backend null if it has not come up yet: then nobody waits for anything
  private static void stop(@Nullable Backend backend) {
    try {
      LOG.info("stopping");
      if (backend != null) {
        backend.drain();
      }
      if (backend == null || Thread.ofVirtual().start(backend::close).join(LONGEST_STOP)) {
        LOG.info("stopped");
      } else {
        LOG.error("stopped before the database was closed; nothing acknowledged is lost");
      }
      Logging.stop();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private void announce(Configuration configuration, Crypto crypto, Backend backend) {
    if (configuration.settings().dev()) {
      shell.err().print(DEVELOPMENT);
      shell.err().flush();
    }
    Banner banner = Banner.of(configuration, crypto, backend.keys().current());
    banner.tell(LOG);
    Logging.announce(system.instant(), banner.text());
    InetSocketAddress address = backend.address();
    shell.out().println("listening on " + url(address));
    shell.out().flush();
    LOG.info("listening on {}", url(address));
    backend
        .opsAddress()
        .ifPresent(ops -> {
          shell.out().println("operations on " + url(ops));
          shell.out().flush();
        });
  }

  /// Before anything else can fail: the next start finds the key there and says nothing of it.
  private void announceIfNew(Settings settings, ServerKeys keys) {
    if (keys.origin() == ServerKeys.Origin.CREATED) {
      shell.err().println("made a new signing key: " + keyFile(settings));
      shell.err().println("its public key is " + keys.current().publicKey().hex());
      shell.err().println("back the file up: without it every proof in circulation ends");
      shell.err().flush();
    }
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
