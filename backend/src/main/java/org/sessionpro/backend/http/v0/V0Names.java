package org.sessionpro.backend.http.v0;

import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.protocol.v0.PaymentTx;

/// Payments as requests of v0 name them.
final class V0Names {
  private V0Names() {}

  static PaymentName of(PaymentTx.Claimable payment) {
    return switch (payment) {
      case PaymentTx.Google(var token, var order) -> new PaymentName.Google(token, order);
      case PaymentTx.Apple(var transaction) -> new PaymentName.Apple(transaction);
    };
  }
}
