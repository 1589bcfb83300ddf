package org.sessionpro.bench.hostile;

import java.util.Locale;

/// The most memory that a server took.
///
/// @param peakBytes since its start, also what lasted shorter than the time between two looks; 0 if
///     the kernel does not say
/// @param seenBytes the most of all looks at it; 0 if none could see it
record MostMemory(long peakBytes, long seenBytes) {
  /// Whether it was measured and not exceeded `megabytes`.
  boolean isWithin(int megabytes) {
    return bytes() > 0 && bytes() <= megabytes * Outcome.BYTES_PER_MB;
  }

  private long bytes() {
    return Math.max(peakBytes, seenBytes);
  }

  /// What it was, and that `megabytes` are allowed.
  String text(int megabytes) {
    return bytes() == 0
        ? String.format(Locale.ROOT, "most memory not measured, %d MB are allowed", megabytes)
        : String.format(
            Locale.ROOT,
            "most memory %s %.0f MB, %d MB are allowed",
            peakBytes >= seenBytes ? "since its start" : "at all looks",
            bytes() / Outcome.BYTES_PER_MB,
            megabytes);
  }
}
