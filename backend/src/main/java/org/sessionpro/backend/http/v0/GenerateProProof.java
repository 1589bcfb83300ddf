package org.sessionpro.backend.http.v0;

import java.time.InstantSource;
import org.sessionpro.backend.proof.Issuance;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofLog.Protocol;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.Authenticity;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.TimestampTolerance;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v1.ErrorCode;

/// `POST /generate_pro_proof` of v0 (`wire-v0.md` §5.2): every refusal has status 1.
public final class GenerateProProof implements V0Endpoint {
  private final Crypto crypto;
  private final BackendKey backendKey;
  private final ProofIssuer issuer;
  private final InstantSource clock;

  public GenerateProProof(
      Crypto crypto, BackendKey backendKey, ProofIssuer issuer, InstantSource clock) {
    this.crypto = crypto;
    this.backendKey = backendKey;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public V0Answer<ProProof> answer(JsonObject body) {
    GenerateProProofRequest request;
    try {
      request = GenerateProProofRequest.parse(body, clock.instant());
    } catch (BadRequest bad) {
      ProofLog.refused(
          Protocol.V0,
          TimestampTolerance.isAllThatIsBroken(bad)
              ? ErrorCode.STALE_REQUEST
              : ErrorCode.INVALID_REQUEST);
      throw bad;
    }
    Authenticity authenticity = request.authenticity(crypto, backendKey);
    if (authenticity != Authenticity.AUTHENTIC) {
      ProofLog.refused(Protocol.V0, ErrorCode.BAD_SIGNATURE);
      return refused(V0Texts.of(authenticity));
    }
    return switch (issuer.issueV0(request.master(), request.rotating(), request.timestamp())) {
      case Issuance.Issued<ProProof> issued -> new V0Answer.Success<>(issued.proof());
      case Issuance.NotSubscribed<ProProof> _ ->
          refused("there is no subscription for this master key");
      case Issuance.Revoked<ProProof> _ -> refused("the subscription has been revoked");
      case Issuance.Expired<ProProof> _ -> refused("the subscription has expired");
      case Issuance.RateLimited<ProProof> _ -> refused("too many proofs this week");
    };
  }

  private static V0Answer<ProProof> refused(String text) {
    return V0Answer.failure(V0Status.ERROR, text);
  }
}
