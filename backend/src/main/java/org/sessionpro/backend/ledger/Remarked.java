package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A remark of a store about a subscription.
///
/// @param value null if the store has stopped to say so
/// @param at the store's instant; of two the later one counts
public record Remarked(Remark remark, @Nullable String value, Instant at) {
  @Override
  public String toString() {
    return "Remarked(" + remark + ", hidden)";
  }
}
