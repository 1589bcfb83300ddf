package org.sessionpro.simulator.google.catalogue;

/// An amount of money.
///
/// @param currency ISO 4217 code
/// @param micros millionths of the currency's unit, 0 or more
public record Price(String currency, long micros) {
  private static final long UNIT = 1_000_000;
  private static final int NANOS_PER_MICRO = 1000;

  public Price {
    if (micros < 0) {
      throw new IllegalArgumentException("a price is never negative");
    }
  }

  /// Nothing, in the same currency.
  public Price free() {
    return new Price(currency, 0);
  }

  public long units() {
    return micros / UNIT;
  }

  /// What is left beside [#units()], in billionths of the unit.
  public int nanos() {
    return (int) (micros % UNIT) * NANOS_PER_MICRO;
  }
}
