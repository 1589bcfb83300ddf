package org.sessionpro.backend.ledger;

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

  Payment payment() {
    return registered.payment();
  }
}
