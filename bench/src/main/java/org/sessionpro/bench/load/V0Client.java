package org.sessionpro.bench.load;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Request;
import org.sessionpro.protocol.v0.V0Result;

/// A client of protocol v0 (`wire-v0.md`).
///
/// @param backend the key that proofs must be signed with
/// @param clock by which proofs are judged
record V0Client(Crypto crypto, BackendKey backend, InstantSource clock) implements Client {
  /// How many payments a client shows on its first page.
  private static final int PAYMENTS = 10;

  @Override
  public Question proof(Customer customer, Instant now) {
    return question(
        GenerateProProofRequest.PATH,
        GenerateProProofRequest.sign(crypto, customer.master(), customer.rotating(), now),
        answer -> checkProof(customer, read(answer, ProProof::parse)));
  }

  private void checkProof(Customer customer, ProProof proof) {
    if (!proof.rotating().equals(customer.rotatingKey())) {
      throw new WrongAnswer("proof for another key");
    }
    ProofVerdict verdict = proof.verify(crypto, backend, clock.instant(), ProRevocations.NONE);
    if (verdict != ProofVerdict.VALID) {
      throw new WrongAnswer("proof is " + verdict);
    }
  }

  @Override
  public Question status(Customer customer, Instant now) {
    return question(
        GetProDetailsRequest.PATH,
        GetProDetailsRequest.sign(crypto, customer.master(), now, PAYMENTS),
        answer -> read(answer, ProDetails::parse));
  }

  @Override
  public Question revocations() {
    return question(
        GetProRevocationsRequest.PATH,
        GetProRevocationsRequest.after(Ticket.ZERO),
        answer -> read(answer, ProRevocations::parse));
  }

  private static Question question(String path, V0Request request, Question.Rule rule) {
    return new Question(path, ByteString.of(request.toJson()), rule);
  }

  private static <R extends V0Result> R read(ByteString answer, Function<JsonObject, R> result) {
    try {
      return switch (V0Answer.parse(JsonObject.parse(answer.toByteArray()), result)) {
        case V0Answer.Success<R>(R right) -> right;
        case V0Answer.Failure<R>(int status, var errors) ->
            throw new WrongAnswer("refused: status " + status);
      };
    } catch (BadRequest breach) {
      throw new WrongAnswer("not an answer of v0");
    }
  }
}
