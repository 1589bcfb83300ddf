package org.sessionpro.backend.http.clients;

import java.time.Duration;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.v1.DevAddPaymentRequest;
import org.sessionpro.protocol.v1.DevRevokeRequest;

/// The requests that a server answers in development mode only (`wire-v1.md` §13).
public record DevCalls(Caller caller) {

  /// Mints a credit of a month, which lasts as long as it is said to.
  ///
  /// @param redeem whether it is the owner's at once
  public Answer addPayment(
      Person owner, PaymentProvider provider, Duration length, boolean redeem) {
    DevAddPaymentRequest request =
        new DevAddPaymentRequest(owner.masterKey(), provider, new Plan("1m"), length, redeem);
    return caller.post(DevAddPaymentRequest.PATH, request.toJson());
  }

  /// Revokes the owner's generation, with effect from now on.
  public Answer revoke(Person owner) {
    return caller.post(
        DevRevokeRequest.PATH, new DevRevokeRequest(owner.masterKey(), Duration.ZERO).toJson());
  }
}
