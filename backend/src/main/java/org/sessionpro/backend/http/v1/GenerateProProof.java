package org.sessionpro.backend.http.v1;

import java.time.InstantSource;
import java.util.Optional;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.proof.Issuance;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofLog.Protocol;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /generate_pro_proof` (`wire-v1.md` §8).
public final class GenerateProProof implements V1Endpoint {
  private final Crypto crypto;
  private final BackendKey backendKey;
  private final ProofIssuer issuer;
  private final InstantSource clock;
  private final V1View view;

  public GenerateProProof(
      Crypto crypto,
      BackendKey backendKey,
      ProofIssuer issuer,
      RenewalAllowance allowance,
      InstantSource clock) {
    this.crypto = crypto;
    this.backendKey = backendKey;
    this.issuer = issuer;
    this.clock = clock;
    this.view = new V1View(allowance);
  }

  @Override
  public V1Answer<ProofResult> answer(JsonObject body) {
    GenerateProProofRequest request;
    try {
      request = GenerateProProofRequest.parse(body);
    } catch (BadRequest bad) {
      ProofLog.refused(Protocol.V1, ErrorCode.INVALID_REQUEST);
      throw bad;
    }
    Optional<Refusal> refusal = request.admit(crypto, backendKey, clock.instant()).refusal();
    if (refusal.isPresent()) {
      ProofLog.refused(Protocol.V1, refusal.get().code().orElse(ErrorCode.INVALID_REQUEST));
      return new V1Answer.Refused<>(refusal.get());
    }
    return switch (issuer.issueV1(request.masterKey(), request.rotatingKey(), request.at())) {
      case Issuance.Issued<Proof> issued ->
          new V1Answer.Ok<>(new ProofResult(issued.proof(), view.term(issued.account())));
      case Issuance.NotSubscribed<Proof> _ ->
          refused(ErrorCode.NOT_SUBSCRIBED, "there is no subscription for this master key");
      case Issuance.Revoked<Proof> _ ->
          refused(ErrorCode.REVOKED, "the subscription has been revoked");
      case Issuance.Expired<Proof> expired ->
          new V1Answer.Refused<>(Refusal.subscriptionExpired(view.term(expired.account())));
      case Issuance.RateLimited<Proof> _ ->
          refused(ErrorCode.RATE_LIMITED, "too many proofs this week");
    };
  }

  private static V1Answer<ProofResult> refused(ErrorCode code, String text) {
    return new V1Answer.Refused<>(Refusal.of(code, text));
  }
}
