package org.sessionpro.protocol.guide;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.SealedOnion;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.KnownRevocations;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.V1Answer;

/// How a client of v1 uses this library.
final class V1Examples {
  private V1Examples() {}

  // begin v1-proof-request
  static byte[] proofRequest(SigningKey master, SigningKey rotating, Instant now) {
    return GenerateProProofRequest.sign(master, rotating, now).toJson();
  }

  // end

  // begin v1-proof-answer
  static Proof proofIn(byte[] answer) {
    return switch (V1Answer.parse(JsonObject.parse(answer), ProofResult::parse)) {
      case V1Answer.Ok<ProofResult>(ProofResult result) -> result.proof();
      case V1Answer.Refused<ProofResult>(var refusal) ->
          throw new IllegalStateException(refusal.slug() + ": " + refusal.text());
    };
  }

  // end

  // begin v1-verify
  static boolean entitles(
      Crypto crypto, Proof proof, BackendKey backend, KnownRevocations known, Instant now) {
    return proof.verify(crypto, backend, now, known) == Proof.Verdict.VALID;
  }

  // end

  // begin v1-poll
  static byte[] poll(KnownRevocations known) {
    return known.poll().toJson();
  }

  static KnownRevocations learn(KnownRevocations known, byte[] answer, Instant now) {
    return switch (V1Answer.parse(JsonObject.parse(answer), RevocationList::parse)) {
      case V1Answer.Ok<RevocationList>(RevocationList list) -> known.learn(list, now);
      case V1Answer.Refused<RevocationList> _ -> known;
    };
  }

  // end

  // begin v1-account
  static byte[] statusRequest(SigningKey master, Instant now) {
    return GetProStatusRequest.sign(master, now).toJson();
  }

  static byte[] paymentsRequest(SigningKey master, Instant now, int limit, String cursor) {
    return GetPaymentDetailsRequest.sign(master, now, DecimalInteger.of(limit), cursor).toJson();
  }

  // end

  // begin onion
  static SealedOnion onion(Crypto crypto, BackendKey backend, String path, byte[] body) {
    ByteString server = crypto.agreementPublicKey(backend);
    OnionClient client = new OnionClient(crypto, server, new SecureRandom());
    Map<String, String> headers = Map.of("content-type", "application/json");
    OnionRequest request =
        new OnionRequest("POST", path, Optional.empty(), headers, ByteString.of(body));
    return client.seal(request, Aead.AES_256_GCM);
  }

  static byte[] answerIn(SealedOnion onion, byte[] reply) {
    OnionReply inner = onion.open(reply);
    if (inner.code() != 200) {
      throw new IllegalStateException("HTTP status " + inner.code());
    }
    return inner.body().toByteArray();
  }
  // end
}
