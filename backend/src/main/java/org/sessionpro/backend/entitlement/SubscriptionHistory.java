package org.sessionpro.backend.entitlement;

import java.util.List;

/// A subscription with every fact recorded about it as a whole.
///
/// @param facts in the order of recording
public record SubscriptionHistory(SubscriptionKey key, List<Learned<SubscriptionFact>> facts) {
  public SubscriptionHistory {
    facts = List.copyOf(facts);
  }
}
