package org.sessionpro.backend.ledger;

import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.Settlement;

/// The rules of the domain that the ledger applies to what it records.
public record Rules(Settlement settlement, Continuation continuation, Draws draws) {
  public static Rules of(RenewalAllowance allowance, Draws draws) {
    return new Rules(new Settlement(allowance), new Continuation(allowance), draws);
  }
}
