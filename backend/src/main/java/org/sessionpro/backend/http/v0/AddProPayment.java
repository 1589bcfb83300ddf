package org.sessionpro.backend.http.v0;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.ledger.PaymentClaim;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.proof.Addition;
import org.sessionpro.backend.proof.PaymentAdder;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofLog.Protocol;
import org.sessionpro.backend.store.development.DevelopmentPayment;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.Authenticity;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v1.ErrorCode;

/// `POST /add_pro_payment` (`wire-v0.md` §5.1, §7).
public final class AddProPayment implements V0Endpoint {
  private final Crypto crypto;
  private final BackendKey backendKey;
  private final PaymentAdder adder;
  private final boolean dev;
  private final InstantSource clock;

  /// @param dev whether payments whose ids begin with `DEV.` come into being by being added
  public AddProPayment(
      Crypto crypto, BackendKey backendKey, PaymentAdder adder, boolean dev, InstantSource clock) {
    this.crypto = crypto;
    this.backendKey = backendKey;
    this.adder = adder;
    this.dev = dev;
    this.clock = clock;
  }

  @Override
  public V0Answer<ProProof> answer(JsonObject body) {
    AddProPaymentRequest request;
    DevTerms terms;
    try {
      request = AddProPaymentRequest.parse(body);
      terms = dev ? DevTerms.parse(body) : DevTerms.DEFAULT;
    } catch (BadRequest bad) {
      ProofLog.refused(Protocol.V0, ErrorCode.INVALID_REQUEST);
      throw bad;
    }
    Authenticity authenticity = request.authenticity(crypto, backendKey);
    if (authenticity != Authenticity.AUTHENTIC) {
      ProofLog.refused(Protocol.V0, ErrorCode.BAD_SIGNATURE);
      return V0Answer.failure(V0Status.ERROR, V0Texts.of(authenticity));
    }
    PaymentClaim claim =
        new PaymentClaim(
            request.master(),
            V0Names.of(request.payment()),
            development(request, terms, clock.instant()));
    return switch (adder.addV0(claim, request.rotating())) {
      case Addition.Proven<ProProof>(ProProof proof) -> new V0Answer.Success<>(proof);
      case Addition.ClaimedOnly<ProProof> _ ->
          V0Answer.failure(
              V0Status.ALREADY_REDEEMED, "the payment is yours, but gives no proof at this time");
      case Addition.AlreadyOwned<ProProof> _ ->
          V0Answer.failure(V0Status.ALREADY_REDEEMED, "the payment is yours already");
      case Addition.NotClaimable<ProProof> _ ->
          V0Answer.failure(V0Status.UNKNOWN_PAYMENT, "there is no such payment to be claimed");
      case Addition.NotAcknowledged<ProProof> _ ->
          V0Answer.failure(V0Status.ERROR, "the store did not confirm the payment, try again");
    };
  }

  /// A body that is no JSON object is a request for a proof too.
  @Override
  public Route.Handler handler() {
    return parsing(bad -> {
      ProofLog.refused(Protocol.V0, ErrorCode.INVALID_REQUEST);
      return V0Endpoint.invalid(bad);
    });
  }

  private @Nullable Statement development(
      AddProPaymentRequest request, DevTerms terms, Instant now) {
    if (!dev || !request.payment().isDevelopment()) {
      return null;
    }
    DevelopmentPayment payment =
        new DevelopmentPayment(terms.plan().plan(), terms.duration(), terms.autoRenewing());
    return payment.statement(request.master(), V0Names.of(request.payment()), now).orElse(null);
  }
}
