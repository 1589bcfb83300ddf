package org.sessionpro.backend.http.v0;

import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.RefundRequestedResult;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v0.V0Time;

/// `POST /set_payment_refund_requested` (`wire-v0.md` §5.5); here a bad signature has status 2.
public final class SetPaymentRefundRequested implements V0Endpoint {
  private final Crypto crypto;
  private final Ledger ledger;
  private final boolean dev;
  private final InstantSource clock;

  /// @param dev whether payments of Google are accepted too (`wire-v0.md` §8)
  public SetPaymentRefundRequested(Crypto crypto, Ledger ledger, boolean dev, InstantSource clock) {
    this.crypto = crypto;
    this.ledger = ledger;
    this.dev = dev;
    this.clock = clock;
  }

  @Override
  public V0Answer<RefundRequestedResult> answer(JsonObject body) {
    Instant now = clock.instant();
    SetPaymentRefundRequestedRequest request = SetPaymentRefundRequestedRequest.parse(body, now);
    if (!isServed(request.payment())) {
      return V0Answer.failure(V0Status.PARSE_ERROR, "payment_tx.provider must be 2");
    }
    if (!request.isAuthentic(crypto)) {
      return V0Answer.failure(V0Status.PARSE_ERROR, "master_sig does not verify");
    }
    Instant ts = request.timestamp();
    ledger.visit(request.master(), ts, now).bind();
    Instant requested = request.refundRequested();
    return new V0Answer.Success<>(
        new RefundRequestedResult(
            ledger.requestRefund(
                request.master(),
                V0Names.of(request.payment()),
                requested.equals(V0Time.NONE) ? null : requested,
                ts,
                now)));
  }

  private boolean isServed(PaymentTx.Claimable payment) {
    return switch (payment) {
      case PaymentTx.Apple _ -> true;
      case PaymentTx.Google _ -> dev;
    };
  }
}
