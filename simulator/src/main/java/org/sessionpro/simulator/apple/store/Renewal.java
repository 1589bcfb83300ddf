package org.sessionpro.simulator.apple.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to happen at the end of the running cycle.
///
/// @param on whether the store will charge again; the flag that it shows
/// @param charge how it will charge
/// @param next what it renews as
/// @param price where a higher price stands
public record Renewal(boolean on, Charge charge, Sale next, Price price) {
  /// How the next charge will go.
  ///
  /// @param anchor the instant that cycles are counted from
  /// @param terms how many have passed since
  /// @param declines whether it will be declined
  /// @param grace how long access goes on then
  /// @param lead how long before the end of a cycle the next one is charged and signed
  public record Charge(Instant anchor, int terms, boolean declines, Duration grace, Duration lead) {
    Charge anchoredAt(Instant instant) {
      return new Charge(instant, 0, declines, grace, lead);
    }

    Charge later(Duration by) {
      return new Charge(anchor.plus(by), terms, declines, grace, lead);
    }

    Charge counted() {
      return new Charge(anchor, terms + 1, declines, grace, lead);
    }

    Charge declines(boolean whether) {
      return new Charge(anchor, terms, whether, grace, lead);
    }

    Charge grace(Duration length) {
      return new Charge(anchor, terms, declines, length, lead);
    }

    Charge lead(Duration length) {
      return new Charge(anchor, terms, declines, grace, length);
    }
  }

  /// Where a higher price stands.
  public enum Price {
    UNCHANGED,
    /// Without consent it ends with the cycle.
    PENDING,
    ACCEPTED
  }

  static Renewal of(Sale sale, Instant anchor, Duration grace) {
    return new Renewal(
        true, new Charge(anchor, 0, false, grace, Duration.ZERO), sale, Price.UNCHANGED);
  }

  Renewal on(boolean whether) {
    return new Renewal(whether, charge, next, price);
  }

  Renewal with(Charge changed) {
    return new Renewal(on, changed, next, price);
  }

  Renewal next(Sale sale) {
    return new Renewal(on, charge, sale, price);
  }

  Renewal price(Price changed) {
    return new Renewal(on, charge, next, changed);
  }

  /// The offer that the next charge is reduced by; null if it is not.
  public @Nullable Offer offer() {
    return next.offer();
  }
}
