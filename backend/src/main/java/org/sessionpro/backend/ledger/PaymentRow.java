package org.sessionpro.backend.ledger;

import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;

/// A row of `payments`.
///
/// @param factCount number of facts recorded about it
record PaymentRow(RegisteredPayment registered, int factCount) {
  PaymentId id() {
    return registered.id();
  }

  boolean isOwnedBy(AccountId account) {
    Payment.Owner owner = payment().owner();
    return owner != null && owner.account().equals(account);
  }

  Payment payment() {
    return registered.payment();
  }
}
