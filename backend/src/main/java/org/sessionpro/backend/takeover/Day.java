package org.sessionpro.backend.takeover;

/// Days as the Python service of March 2026 counts them: of UTC, in milliseconds.
final class Day {
  static final long MILLIS = 86_400_000;

  private Day() {}

  /// The first midnight at or after an instant (`wire-v0.md`, units).
  static long roundUp(long instant) {
    return Math.multiplyExact(Math.ceilDiv(instant, MILLIS), MILLIS);
  }
}
