package org.sessionpro.backend.strength;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.sessionpro.backend.config.DatabaseUrl;

/// A PostgreSQL server of one's own, which can be stopped and started again at the same port.
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

  @Override
  public void close() {
    stop();
  }
}
