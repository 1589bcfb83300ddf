package org.sessionpro.backend.ledger;

import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.Settlement;

/// The rules of the domain that the ledger applies to what it records.
///
/// @param owners what follows elsewhere when a purchase gets its owner
/// @param log where it is said what became of payments
public record Rules(
    Settlement settlement,
    Continuation continuation,
    Draws draws,
    OwnerWatch owners,
    PaymentLog log) {
  public static Rules of(RenewalAllowance allowance, Draws draws) {
    return new Rules(
        new Settlement(allowance),
        new Continuation(allowance),
        draws,
        OwnerWatch.none(),
        PaymentLog.silent());
  }

  /// The same rules, with something that follows elsewhere when a purchase gets its owner.
  public Rules watchedBy(OwnerWatch watch) {
    return new Rules(settlement, continuation, draws, watch, log);
  }

  /// The same rules, with somewhere to say what became of payments.
  public Rules toldTo(PaymentLog listener) {
    return new Rules(settlement, continuation, draws, owners, listener);
  }
}
