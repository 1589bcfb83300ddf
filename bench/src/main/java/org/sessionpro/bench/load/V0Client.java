package org.sessionpro.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Plan;
import org.sessionpro.protocol.v0.V0Result;

/// A client of protocol v0 (`wire-v0.md`).
///
/// @param backend the key that proofs must be signed with
/// @param clock by which proofs are judged
/// @param known whether the customers have bought something, so that an answer to a stranger is wrong
record V0Client(Crypto crypto, BackendKey backend, InstantSource clock, boolean known)
    implements Client {
  /// What a payment is said to be that only development mode knows.
  private static final DevTerms MONTH = new DevTerms(V0Plan.ONE_MONTH, Duration.ofDays(30), false);

  @Override
  public Question proof(Customer customer, Instant now) {
    return question(
        GenerateProProofRequest.PATH,
        GenerateProProofRequest.sign(crypto, customer.master(), customer.rotating(), now).toJson(),
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
    return details(customer, now, 0);
  }

  @Override
  public Question details(Customer customer, Instant now) {
    return details(customer, now, PAGE);
  }

  private Question details(Customer customer, Instant now, int payments) {
    return question(
        GetProDetailsRequest.PATH,
        GetProDetailsRequest.sign(crypto, customer.master(), now, payments).toJson(),
        answer -> checkDetails(read(answer, ProDetails::parse), payments));
  }

  private void checkDetails(ProDetails details, int asked) {
    if (known && details.paymentsTotal() == 0) {
      throw new WrongAnswer("no account");
    }
    if (details.items().size() != Math.min(asked, details.paymentsTotal())) {
      throw new WrongAnswer(details.items().size() + " payments");
    }
  }

  /// Adds a payment that nobody has heard of; clients of v1 do not do that.
  Question add(Customer customer) {
    PaymentTx.Google payment =
        new PaymentTx.Google(
            new PurchaseToken(UUID.randomUUID().toString()),
            new OrderId(PaymentTx.DEVELOPMENT_PREFIX + UUID.randomUUID()));
    return question(
        AddProPaymentRequest.PATH,
        AddProPaymentRequest.sign(crypto, customer.master(), customer.rotating(), payment)
            .toJson(MONTH),
        answer -> checkProof(customer, read(answer, ProProof::parse)));
  }

  @Override
  public Question revocations(Ticket held, Consumer<ServedList> rule) {
    return question(
        GetProRevocationsRequest.PATH,
        GetProRevocationsRequest.after(held).toJson(),
        answer -> rule.accept(list(read(answer, ProRevocations::parse))));
  }

  private static ServedList list(ProRevocations list) {
    return new ServedList(list.ticket(), list.items().size());
  }

  private static Question question(String path, byte[] body, Question.Rule rule) {
    return new Question(path, ByteString.of(body), rule);
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
