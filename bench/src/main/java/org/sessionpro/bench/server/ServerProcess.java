package org.sessionpro.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.SettingsReader;

/// A server that runs as a process of its own on a new SQLite ledger, started by the launcher as an
/// operator would. Its data directory goes when it is closed, which the end of this process does too.
public final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  /// Settings of the caller's own server, which must not reach this one: they may name its database.
  private static final String SETTINGS_PREFIX = "SESH_PRO_BACKEND_";

  private final Path directory;
  private final Process process;
  private final URI url;

  private ServerProcess(Path directory, Process process, URI url) {
    this.directory = directory;
    this.process = process;
    this.url = url;
  }

  /// Runs `pro serve` on a free port of this machine and returns once it listens. What it logs goes
  /// to our standard error.
  ///
  /// @param launcher the file `pro`
  /// @throws UncheckedIOException if it does not start
  public static ServerProcess start(Path launcher) {
    try {
      Path directory = Files.createTempDirectory("pro-bench");
      Process process = command(launcher, directory).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, directory)));
      return new ServerProcess(directory, process, awaitUrl(process.inputReader()));
    } catch (IOException impossible) {
      throw new UncheckedIOException("the server does not start", impossible);
    }
  }

  private static ProcessBuilder command(Path launcher, Path directory) {
    ProcessBuilder command =
        new ProcessBuilder(
                launcher.toString(), "serve", "--data", directory.toString(), "--port", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    removeSettings(command.environment());
    return command;
  }

  static void removeSettings(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith(SETTINGS_PREFIX));
  }

  /// The server says one line and no more, so nobody needs to read on.
  private static URI awaitUrl(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return URI.create(listening.group(1));
      }
    }
    throw new IOException("it ended before it listened");
  }

  /// Where it listens.
  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /// Its database.
  public DatabaseUrl ledger() {
    Map<Setting, @Nullable String> settings = Map.of(Setting.DATA_DIR, directory.toString());
    return SettingsReader.read(List.of(SettingSource.commandLine(settings))).storage().database();
  }

  /// Stops the server with SIGTERM, kills one that takes too long, and deletes its data. Does nothing
  /// the second time.
  @Override
  public void close() {
    end(process, directory);
  }

  private static synchronized void end(Process process, Path directory) {
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
    delete(directory);
  }

  private static void delete(Path directory) {
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot delete " + directory, impossible);
    }
  }
}
