package org.sessionpro.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockFileTest {
  private static final Instant SYSTEM = Instant.parse("2026-03-04T10:00:00Z");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("clock");
  }

  @Test
  void aNewClockShowsTheSystemsTime() {
    assertThat(open().instant()).isEqualTo(SYSTEM);
  }

  @Test
  void movesAheadOfTheSystemByWhatTheFileSays() throws IOException {
    Files.writeString(file, "1500000\n");

    assertThat(open().instant()).isEqualTo(SYSTEM.plusMillis(1500));
  }

  @Test
  void mayBeBehindTheSystem() throws IOException {
    Files.writeString(file, "-1000000");

    assertThat(open().instant()).isEqualTo(SYSTEM.minusSeconds(1));
  }

  @Test
  void writesDecimalMicrosecondsWhenItMoves() throws IOException {
    open().forward(Duration.ofSeconds(2));

    assertThat(Files.readString(file)).isEqualTo("2000001\n");
  }

  @Test
  void isNeverShortOfTheInstantItWasMovedTo() {
    InstantSource between = InstantSource.fixed(SYSTEM.plusNanos(1));
    ClockFile clock = ClockFile.open(file, between);

    clock.forwardTo(SYSTEM.plusSeconds(1));

    assertThat(clock.instant()).isAfterOrEqualTo(SYSTEM.plusSeconds(1));
  }

  @Test
  void neverMovesBack() {
    ClockFile clock = open();
    clock.forward(Duration.ofHours(1));

    clock.forwardTo(SYSTEM);

    assertThat(clock.instant()).isAfterOrEqualTo(SYSTEM.plus(Duration.ofHours(1)));
  }

  @Test
  void whoeverHasWaitedIsNotAheadOfOthers() {
    ClockFile clock = open();
    ClockFile other = open();
    clock.forward(Duration.ofHours(1));

    clock.awaitReaders();

    assertThat(other.instant()).isAfterOrEqualTo(SYSTEM.plus(Duration.ofHours(1)));
  }

  @Test
  void standsStillWhileTheSystemsClockIsSetBack() {
    AtomicReference<Instant> system = new AtomicReference<>(SYSTEM);
    ClockFile clock = ClockFile.open(file, system::get);
    Instant before = clock.instant();

    system.set(SYSTEM.minusSeconds(5));

    assertThat(clock.instant()).isEqualTo(before);
  }

  @Test
  void makesItsFolder() {
    file = directory.resolve("new").resolve("clock");

    assertThat(open().instant()).isEqualTo(SYSTEM);
  }

  @Test
  void refusesANegativeStep() {
    ClockFile clock = open();

    assertThatThrownBy(() -> clock.forward(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoeverMovesSecondStartsFromWhatTheFirstLeft() {
    ClockFile first = open();
    ClockFile second = open();
    first.forward(Duration.ofDays(1));

    second.forwardTo(SYSTEM.plus(Duration.ofHours(1)));

    assertThat(second.instant()).isAfterOrEqualTo(SYSTEM.plus(Duration.ofDays(1)));
  }

  @Test
  void leavesNothingButTheFileBehind() throws IOException {
    open().forward(Duration.ofSeconds(1));

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhichFileHoldsNoOffset() throws IOException {
    Files.writeString(file, "tomorrow");

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("microseconds");
  }

  private ClockFile open() {
    return ClockFile.open(file, InstantSource.fixed(SYSTEM));
  }
}
