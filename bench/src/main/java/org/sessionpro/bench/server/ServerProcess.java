package org.sessionpro.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.backend.config.Setting;

/// A server that runs as a process of its own, started by the launcher as an operator would. The end
/// of this process stops it too.
public final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);
  private static final String LOG = "bench-server.log";

  /// Settings of the caller's own server, which must not reach this one: they may name its database.
  private static final String SETTINGS_PREFIX = "SESH_PRO_BACKEND_";

  private final Process process;
  private final URI url;
  private final Runnable stop;

  private ServerProcess(Process process, URI url, Runnable stop) {
    this.process = process;
    this.url = url;
    this.stop = stop;
  }

  /// Runs `pro serve` on a free port of this machine and returns once it listens. What it logs goes
  /// to a file in its data folder, and to our standard error if it does not start.
  ///
  /// @throws UncheckedIOException if it does not start
  public static ServerProcess start(Launch launch) {
    Path log = launch.data().resolve(LOG);
    try {
      Process process = command(launch, log).start();
      Runnable stop = () -> stop(process);
      AtEnd.add(stop);
      return new ServerProcess(process, awaitUrl(process.inputReader(), log), stop);
    } catch (IOException impossible) {
      throw new UncheckedIOException(
          "the server does not start: " + impossible.getMessage(), impossible);
    }
  }

  private static ProcessBuilder command(Launch launch, Path log) {
    List<String> words = new ArrayList<>();
    words.add(launch.launcher().toString());
    words.addAll(List.of("serve", "--data", launch.data().toString(), "--port", "0"));
    if (launch.dev()) {
      words.add(Setting.DEV.flag());
    }
    ProcessBuilder command =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.to(log.toFile()));
    removeSettings(command.environment());
    if (launch.database() != null) {
      // Not on the command line, which everybody on the machine can read.
      command.environment().put(Setting.DB_URL.variable(), launch.database());
    }
    return command;
  }

  static void removeSettings(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith(SETTINGS_PREFIX));
  }

  /// The server says one line and no more, so nobody needs to read on.
  private static URI awaitUrl(BufferedReader output, Path log) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return URI.create(listening.group(1));
      }
    }
    System.err.print(Files.readString(log));
    throw new IOException("it ended before it listened");
  }

  /// Where it listens.
  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /// Stops the server with SIGTERM and kills one that takes too long. Does nothing the second time.
  @Override
  public void close() {
    AtEnd.run(stop);
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("pro bench: the server does not stop when it is asked to; killed");
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
