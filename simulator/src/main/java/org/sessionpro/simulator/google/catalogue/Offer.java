package org.sessionpro.simulator.google.catalogue;

import java.time.Period;

/// A cheaper first cycle of a base plan.
///
/// @param length of that cycle
/// @param price of that cycle; nothing makes it a free trial
public record Offer(OfferId id, Period length, Price price) {
  public boolean isFreeTrial() {
    return price.micros() == 0;
  }
}
