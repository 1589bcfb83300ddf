package org.sessionpro.backend.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// A clock that a test moves, through a file, for all processes that follow it; in development only
/// (`decisions-stores.md` §7). It runs as the system's clock does, ahead of it by what the file says.
/// Safe for any number of threads.
///
/// The file holds an offset in microseconds, a decimal integer, and is replaced by renaming. It is
/// read again every 10 ms. The clock only moves forward: a lesser offset than one that was read before
/// changes nothing.
public final class MovedClock implements InstantSource {
  private static final long REREAD_NANOS = Duration.ofMillis(10).toNanos();

  private final Path file;
  private final InstantSource system;
  private boolean read;
  private long readAtNanos;
  private long offsetMicros;
  private Instant last = Instant.MIN;

  /// The file is not read before somebody asks for the time.
  ///
  /// @param system the clock that the offset counts from
  public MovedClock(Path file, InstantSource system) {
    this.file = file;
    this.system = system;
  }

  /// The clock that the environment names, or else `system`: for commands that look at no other
  /// setting.
  public static InstantSource named(Map<String, String> environment, InstantSource system) {
    String file = environment.getOrDefault(Setting.DEV_CLOCK.variable(), "");
    return file.isEmpty() ? system : new MovedClock(Path.of(file), system);
  }

  /// @throws UncheckedIOException if the file cannot be read or holds no offset
  @Override
  public synchronized Instant instant() {
    long nanos = System.nanoTime();
    if (!read || nanos - readAtNanos >= REREAD_NANOS) {
      long offset = offset();
      offsetMicros = read ? Math.max(offsetMicros, offset) : offset;
      read = true;
      readAtNanos = nanos;
    }
    Instant now = system.instant().plus(offsetMicros, ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last;
    return last;
  }

  private long offset() {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the clock " + file + " cannot be read", unreadable);
    } catch (NumberFormatException malformed) {
      throw new UncheckedIOException(
          "the clock " + file + " must hold microseconds, a decimal integer",
          new IOException(malformed));
    }
  }
}
