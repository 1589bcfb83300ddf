package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseClockTest {
  @TempDir Path folder;

  @Test
  void aServerTellsItsTime() {
    try (Database database = Engine.POSTGRESQL.open(folder)) {
      Instant before = Instant.now();
      Instant theirs = DatabaseClock.read(database).orElseThrow();

      assertThat(theirs)
          .isBetween(before.minus(Duration.ofSeconds(1)), Instant.now().plusSeconds(1));
    }
  }

  @Test
  void anEmbeddedDatabaseHasOurTime() {
    try (Database database = Engine.SQLITE.open(folder)) {
      assertThat(DatabaseClock.read(database)).isEqualTo(Optional.empty());
    }
  }
}
