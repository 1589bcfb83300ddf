package org.sessionpro.backend.http.v1;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest.Page;
import org.sessionpro.protocol.v1.PaymentCursors;
import org.sessionpro.protocol.v1.PaymentDetails;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /get_payment_details` (`wire-v1.md` §10).
public final class GetPaymentDetails implements V1Endpoint {
  private final Crypto crypto;
  private final Ledger ledger;
  private final PaymentCursors cursors;
  private final InstantSource clock;

  public GetPaymentDetails(
      Crypto crypto, Ledger ledger, PaymentCursors cursors, InstantSource clock) {
    this.crypto = crypto;
    this.ledger = ledger;
    this.cursors = cursors;
    this.clock = clock;
  }

  @Override
  public V1Answer<PaymentDetails> answer(JsonObject body) {
    GetPaymentDetailsRequest request = GetPaymentDetailsRequest.parse(body);
    Instant now = clock.instant();
    Optional<Refusal> refusal = request.admit(crypto, now).refusal();
    if (refusal.isPresent()) {
      return new V1Answer.Refused<>(refusal.get());
    }
    Page page = request.page(cursors);
    MasterKey owner = request.masterKey();
    return new V1Answer.Ok<>(
        ledger
            .visit(owner, request.at(), now)
            .page(before(page), page.size())
            .map(history -> details(owner, history, page, request.at()))
            .orElse(PaymentDetails.NONE));
  }

  private static @Nullable PaymentId before(Page page) {
    return page.before() == Long.MAX_VALUE ? null : new PaymentId(page.before());
  }

  private PaymentDetails details(MasterKey owner, Ledger.History history, Page page, Instant ts) {
    List<RegisteredPayment> payments = history.payments();
    String next =
        payments.size() == page.size()
            ? cursors.seal(owner, payments.getLast().id().value())
            : null;
    return new PaymentDetails(
        history.total(), payments.stream().map(p -> V1View.item(p, ts)).toList(), next);
  }
}
