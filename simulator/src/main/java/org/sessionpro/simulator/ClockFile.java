package org.sessionpro.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// A clock that several processes share through a file: it runs as the system's clock does, ahead of
/// it by an offset (`decisions-stores.md` §7). Safe for any number of threads.
///
/// The file holds the offset in microseconds as a decimal integer and nothing else but white space.
/// It is replaced by renaming, so a reader never sees half of it. Whoever reads it looks again at
/// least every 10 ms; whoever moves the clock only ever raises the offset.
public final class ClockFile implements VirtualClock {
  private static final long REREAD_NANOS = Duration.ofMillis(10).toNanos();

  /// Absolute, so it has a parent.
  private final Path file;

  private final InstantSource system;
  private long offsetMicros;
  private long readAtNanos;
  private long movedAtNanos;
  private Instant last = Instant.MIN;

  private ClockFile(Path file, InstantSource system) {
    this.file = file.toAbsolutePath();
    this.system = system;
  }

  /// The clock of `file`, which is made, with no offset, if it is absent.
  ///
  /// @param system the clock that the offset counts from
  /// @throws UncheckedIOException if the file cannot be read or made
  /// @throws IllegalArgumentException if it holds anything but an offset
  public static ClockFile open(Path file, InstantSource system) {
    ClockFile clock = new ClockFile(file, system);
    if (Files.notExists(clock.file)) {
      clock.create();
    }
    clock.offsetMicros = clock.read();
    clock.readAtNanos = System.nanoTime();
    clock.movedAtNanos = clock.readAtNanos;
    return clock;
  }

  @Override
  public synchronized Instant instant() {
    if (System.nanoTime() - readAtNanos >= REREAD_NANOS) {
      refresh();
    }
    Instant now = system.instant().plus(offsetMicros, ChronoUnit.MICROS);
    // The system's clock may be set back; what a store has lived through it has lived through.
    last = now.isAfter(last) ? now : last;
    return last;
  }

  @Override
  public synchronized void forwardTo(Instant instant) {
    refresh();
    // Between is rounded down, and the clock must not stop short of the instant.
    long wanted = ChronoUnit.MICROS.between(system.instant(), instant) + 1;
    if (wanted > offsetMicros) {
      replace(wanted);
      offsetMicros = wanted;
      movedAtNanos = System.nanoTime();
    }
  }

  /// Waits, 10 ms at most, until whoever looks at this clock sees where this process moved it last.
  public void awaitReaders() {
    while (System.nanoTime() - movedAt() <= REREAD_NANOS) {
      Thread.onSpinWait();
    }
  }

  private synchronized long movedAt() {
    return movedAtNanos;
  }

  private void create() {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot make the clock " + file, unwritable);
    }
    replace(0);
  }

  private void refresh() {
    offsetMicros = Math.max(offsetMicros, read());
    readAtNanos = System.nanoTime();
  }

  private long read() {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          file + " must hold an offset in microseconds, a decimal integer", malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the clock " + file, unreadable);
    }
  }

  private void replace(long micros) {
    Path next = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(next, micros + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot move the clock " + file, unwritable);
    }
  }
}
