package org.sessionpro.backend.report;

import java.util.Locale;
import java.util.stream.LongStream;

/// The vertical axis of a plot of counts: from zero in equal round steps.
///
/// @param step between two marks, at least 1: 1, 2 or 5 with zeros
/// @param top the highest mark
record Scale(long step, long top) {
  private static final int STEPS = 4;
  private static final int BASE = 10;
  private static final long THOUSAND = 1_000;
  private static final long MILLION = 1_000_000;

  /// An axis that reaches `most`, with about four marks above zero.
  static Scale reaching(long most) {
    long least = Math.max(1, Math.ceilDiv(most, STEPS));
    long power = 1;
    while (power * BASE <= least) {
      power *= BASE;
    }
    long unit = power;
    long step =
        LongStream.of(1, 2, 5, BASE)
            .map(factor -> factor * unit)
            .filter(candidate -> candidate >= least)
            .findFirst()
            .orElse(least);
    return new Scale(step, Math.max(step, Math.ceilDiv(most, step) * step));
  }

  /// The marks, zero first.
  LongStream marks() {
    return LongStream.rangeClosed(0, top / step).map(mark -> mark * step);
  }

  /// A mark in little space: `750`, `1.5k`, `20k`, `2M`.
  static String text(long mark) {
    if (mark >= MILLION) {
      return shortened(mark, MILLION) + "M";
    }
    return mark >= THOUSAND ? shortened(mark, THOUSAND) + "k" : Long.toString(mark);
  }

  private static String shortened(long mark, long unit) {
    return mark % unit == 0
        ? Long.toString(mark / unit)
        : String.format(Locale.ROOT, "%.2f", (double) mark / unit).replaceFirst("0$", "");
  }
}
