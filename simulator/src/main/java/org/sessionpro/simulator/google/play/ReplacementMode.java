package org.sessionpro.simulator.google.play;

/// How a plan change treats time and money; the names are Play's.
public enum ReplacementMode {
  /// At once; the value left buys time of the new plan.
  WITH_TIME_PRORATION,
  /// At once; the difference in price is charged and the billing date stays. Upgrades only.
  CHARGE_PRORATED_PRICE,
  /// At once; the billing date stays, and the new price is charged from then on.
  WITHOUT_PRORATION,
  /// At once; a whole new cycle is charged and the value left buys time on top.
  CHARGE_FULL_PRICE,
  /// At the next renewal.
  DEFERRED
}
