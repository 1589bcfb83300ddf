package org.sessionpro.backend.ledger;

import java.time.Instant;

/// A remark of a store about a subscription.
///
/// @param at since when the store says so, by its clock
public record Remarked(Remark remark, String value, Instant at) {
  @Override
  public String toString() {
    return "Remarked(" + remark + ", hidden)";
  }
}
