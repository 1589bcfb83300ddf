package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.SimulatedClock;

class MovedClockTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final SimulatedClock system = new SimulatedClock(T);

  @Test
  void itIsAheadOfTheSystemByWhatTheFileSays() throws IOException {
    assertThat(clock("1500000\n").instant()).isEqualTo(T.plusMillis(1_500));
  }

  @Test
  void itRunsAsTheSystemDoes() throws IOException {
    MovedClock clock = clock("0");
    clock.instant();

    system.advance(Duration.ofHours(3));

    assertThat(clock.instant()).isEqualTo(T.plus(Duration.ofHours(3)));
  }

  @Test
  void itFollowsTheClockOfASimulator() {
    ClockFile simulator = ClockFile.open(folder.resolve("clock"), system);
    MovedClock clock = new MovedClock(folder.resolve("clock"), system);
    Instant before = clock.instant();

    simulator.forward(Duration.ofDays(40));

    assertThat(next(clock, before)).isEqualTo(simulator.instant());
  }

  @Test
  void itNeverGoesBack() throws IOException {
    MovedClock clock = clock("5000000");
    Instant before = clock.instant();

    system.advance(Duration.ofSeconds(-2));

    assertThat(clock.instant()).isEqualTo(before);
  }

  @Test
  void aFileThatIsNotThereIsNamedWhenTheTimeIsAskedFor() {
    MovedClock clock = new MovedClock(folder.resolve("nothing"), system);

    assertThatThrownBy(clock::instant)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nothing cannot be read");
  }

  @Test
  void aFileThatHoldsAnythingElseIsRefused() throws IOException {
    MovedClock clock = clock("tomorrow");

    assertThatThrownBy(clock::instant)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("must hold microseconds");
  }

  @Test
  void theEnvironmentMayNameOne() throws IOException {
    Path file = Files.writeString(folder.resolve("named"), "7000000");

    InstantSource clock =
        MovedClock.named(Map.of("SESH_PRO_BACKEND_DEV_CLOCK", file.toString()), system);

    assertThat(clock.instant()).isEqualTo(T.plusSeconds(7));
  }

  @Test
  void withoutANameTheSystemsClockCounts() {
    assertThat(MovedClock.named(Map.of(), system)).isSameAs(system);
  }

  private MovedClock clock(String content) throws IOException {
    return new MovedClock(Files.writeString(folder.resolve("clock"), content), system);
  }

  /// The first instant that is another one.
  private static Instant next(MovedClock clock, Instant before) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Instant now = clock.instant();
    while (now.equals(before) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      now = clock.instant();
    }
    return now;
  }
}
