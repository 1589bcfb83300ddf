package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sessionpro.backend.config.DatabaseUrl;

/// A PostgreSQL server of one's own, which can be stopped and started again at the same port, or suspended.
final class RestartablePostgres implements AutoCloseable {
  private final Path data;
  private EmbeddedPostgres running;

  /// @param data a folder that nobody else uses
  RestartablePostgres(Path data) {
    this.data = data;
    this.running = start(0);
  }

  private EmbeddedPostgres start(int port) {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
      return (port == 0 ? builder : builder.setPort(port)).start();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  DatabaseUrl url() {
    return DatabaseUrl.parse(
        "postgresql://postgres:postgres@localhost:" + running.getPort() + "/postgres");
  }

  /// Ends the server, and with it every connection.
  void stop() {
    try {
      running.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Starts it again.
  void start() {
    running = start(running.getPort());
  }

  /// Lets none of its processes go on, so that it neither answers nor breaks connections off.
  void suspend() {
    signal("STOP");
  }

  /// Lets its processes go on.
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      ProcessHandle server =
          ProcessHandle.of(
                  Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst()))
              .orElseThrow();
      assertThat(kill(name, server)).isZero();
      // One of them may have ended meanwhile.
      for (ProcessHandle child : server.descendants().toList()) {
        var _ = kill(name, child);
      }
    } catch (IOException | InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int kill(String signal, ProcessHandle process)
      throws IOException, InterruptedException {
    return new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    stop();
  }
}
