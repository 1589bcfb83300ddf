package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.MasterKey;

/// What is to be recorded about one payment.
///
/// @param facts in the order in which they apply; the first one about an unknown payment must be
///     [PaymentFact.Witnessed]. Facts that add nothing are not stored
/// @param claim whom the payment is bound to in the same transaction; null for nobody
public record Statement(PaymentKey key, List<PaymentFact> facts, @Nullable Claim claim) {
  /// Binds the payment to the account of `owner`, which is created if there is none; without
  /// effect if the payment already has an owner.
  ///
  /// @param at the instant of redemption
  public record Claim(MasterKey owner, Instant at, ClaimedBy how) {}

  public Statement {
    facts = List.copyOf(facts);
  }

  /// Facts about a payment that change nothing about its owner.
  public static Statement of(PaymentKey key, PaymentFact... facts) {
    return new Statement(key, List.of(facts), null);
  }
}
