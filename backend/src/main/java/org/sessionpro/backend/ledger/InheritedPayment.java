package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;

/// A payment as the service before this one kept it.
///
/// @param id its number there, which it keeps: pages of a history that are open go on (`import-python.md`
///     §4.3)
/// @param facts what is known of it, the first that it was witnessed; those that add nothing are not
///     stored
/// @param claimedAt when it got its owner; null if it has none
public record InheritedPayment(
    PaymentId id, PaymentKey key, List<PaymentFact> facts, @Nullable Instant claimedAt) {
  public InheritedPayment {
    facts = List.copyOf(facts);
  }
}
