package org.sessionpro.backend.db;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How time is stored: whole microseconds, since 1970-01-01T00:00:00Z or as a length (design §6,
/// row 15). A null instant or length is stored as NULL.
public final class Micros {
  /// The last instant that can be stored, in the year 294 247.
  public static final Instant LATEST = toInstant(Long.MAX_VALUE);

  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS = 1_000;

  private Micros() {}

  /// The instant without what is finer than a microsecond; what comes back from the database.
  public static Instant floor(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  public static long of(Instant instant) {
    return of(instant.getEpochSecond(), instant.getNano());
  }

  public static long of(Duration length) {
    return of(length.getSeconds(), length.getNano());
  }

  /// Counts from the second that is nearer to zero: of the earliest instants the other one would be
  /// too far away.
  private static long of(long seconds, int nanos) {
    long micros = nanos / NANOS;
    return seconds < 0 && micros > 0
        ? Math.addExact(Math.multiplyExact(seconds + 1, PER_SECOND), micros - PER_SECOND)
        : Math.addExact(Math.multiplyExact(seconds, PER_SECOND), micros);
  }

  public static @Nullable Long ofNullable(@Nullable Instant instant) {
    return instant == null ? null : of(instant);
  }

  public static @Nullable Long ofNullable(@Nullable Duration length) {
    return length == null ? null : of(length);
  }

  public static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }

  public static Duration toDuration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
