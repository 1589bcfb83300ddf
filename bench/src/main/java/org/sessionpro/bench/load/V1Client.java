package org.sessionpro.bench.load;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.PaymentDetails;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.Revocations;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.UserStatus;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

/// A client of protocol v1 (`wire-v1.md`).
///
/// @param backend the key that proofs must be signed with
/// @param clock by which proofs are judged
/// @param known whether the customers have bought something, so that an answer to a stranger is wrong
record V1Client(Crypto crypto, BackendKey backend, InstantSource clock, boolean known)
    implements Client {
  @Override
  public Question proof(Customer customer, Instant now) {
    byte[] body =
        GenerateProProofRequest.sign(customer.master(), customer.rotating(), now).toJson();
    return question(
        "/generate_pro_proof",
        body,
        answer -> checkProof(customer, read(answer, ProofResult::parse)));
  }

  private void checkProof(Customer customer, ProofResult result) {
    Proof proof = result.proof();
    if (!proof.rotatingKey().equals(customer.rotatingKey())) {
      throw new WrongAnswer("proof for another key");
    }
    Proof.Verdict verdict = proof.verify(crypto, backend, clock.instant(), Revocations.NONE);
    if (verdict != Proof.Verdict.VALID) {
      throw new WrongAnswer("proof is " + verdict);
    }
  }

  @Override
  public Question status(Customer customer, Instant now) {
    byte[] body = GetProStatusRequest.sign(customer.master(), now).toJson();
    return question(
        "/get_pro_status", body, answer -> checkStatus(read(answer, StatusResult::parse)));
  }

  private void checkStatus(StatusResult result) {
    if (known && result.userStatus() == UserStatus.NEVER) {
      throw new WrongAnswer("no account");
    }
  }

  @Override
  public Question details(Customer customer, Instant now) {
    byte[] body =
        GetPaymentDetailsRequest.sign(customer.master(), now, DecimalInteger.of(PAGE), "").toJson();
    return question(
        "/get_payment_details", body, answer -> checkDetails(read(answer, PaymentDetails::parse)));
  }

  private void checkDetails(PaymentDetails result) {
    if (known && result.paymentsTotal() == 0) {
      throw new WrongAnswer("no payments");
    }
    if (result.items().size() != Math.min(PAGE, result.paymentsTotal())) {
      throw new WrongAnswer(result.items().size() + " payments");
    }
  }

  @Override
  public Question revocations(Ticket held, Consumer<ServedList> rule) {
    return question(
        "/get_pro_revocations",
        GetProRevocationsRequest.after(held).toJson(),
        answer -> rule.accept(list(read(answer, RevocationList::parse))));
  }

  private static ServedList list(RevocationList list) {
    return new ServedList(list.ticket(), list.items().size());
  }

  private static Question question(String path, byte[] body, Question.Rule rule) {
    return new Question(path, ByteString.of(body), rule);
  }

  private static <R extends V1Result> R read(ByteString answer, Function<JsonObject, R> result) {
    try {
      return switch (V1Answer.parse(JsonObject.parse(answer.toByteArray()), result)) {
        case V1Answer.Ok<R>(R right) -> right;
        case V1Answer.Refused<R>(var refusal) ->
            throw new WrongAnswer("refused: " + refusal.slug());
      };
    } catch (BadRequest breach) {
      throw new WrongAnswer("not an answer of v1");
    }
  }
}
