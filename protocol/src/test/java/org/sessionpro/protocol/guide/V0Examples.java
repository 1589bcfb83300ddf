package org.sessionpro.protocol.guide;

import java.time.Instant;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v0.V0Answer;

/// How a client of v0 uses this library.
final class V0Examples {
  private V0Examples() {}

  // begin v0-add
  static byte[] addRequest(
      Crypto crypto, SigningKey master, SigningKey rotating, PaymentTx.Claimable payment) {
    return AddProPaymentRequest.sign(crypto, master, rotating, payment).toJson();
  }

  // end

  // begin v0-proof
  static byte[] proofRequest(Crypto crypto, SigningKey master, SigningKey rotating, Instant now) {
    return GenerateProProofRequest.sign(crypto, master, rotating, now).toJson();
  }

  static ProProof proofIn(byte[] answer) {
    return switch (V0Answer.parse(JsonObject.parse(answer), ProProof::parse)) {
      case V0Answer.Success<ProProof>(ProProof proof) -> proof;
      case V0Answer.Failure<ProProof>(int status, var errors) ->
          throw new IllegalStateException(status + ": " + errors);
    };
  }

  // end

  // begin v0-verify
  static boolean entitles(
      Crypto crypto, ProProof proof, BackendKey backend, ProRevocations list, Instant now) {
    return proof.verify(crypto, backend, now, list) == ProofVerdict.VALID;
  }
  // end
}
