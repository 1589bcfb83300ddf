package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Answer;

/// The requests of a v0 client whose clock is right.
public record V0Calls(InstantSource clock, Caller caller) {
  public static final String PROOF = GenerateProProofRequest.PATH;
  public static final String DETAILS = GetProDetailsRequest.PATH;
  public static final String REVOCATIONS = GetProRevocationsRequest.PATH;

  public V0Calls(RunningBackend backend, Caller caller) {
    this(backend.clock(), caller);
  }

  public Answer proof(Person person) {
    return proof(person, clock.instant());
  }

  public Answer proof(Person person, Instant ts) {
    return caller.post(
        PROOF,
        GenerateProProofRequest.sign(RunningBackend.CRYPTO, person.master(), person.rotating(), ts)
            .toJson());
  }

  public Answer details(Person person, long count) {
    return details(person, count, clock.instant());
  }

  public Answer details(Person person, long count, Instant ts) {
    return caller.post(
        DETAILS,
        GetProDetailsRequest.sign(RunningBackend.CRYPTO, person.master(), ts, count).toJson());
  }

  public Answer add(Person person, PaymentTx.Claimable payment, DevTerms terms) {
    return caller.post(
        AddProPaymentRequest.PATH,
        AddProPaymentRequest.sign(
                RunningBackend.CRYPTO, person.master(), person.rotating(), payment)
            .toJson(terms));
  }

  /// Notes that the store was asked for a refund at `requested`.
  public Answer refund(Person person, PaymentTx.Claimable payment, Instant requested) {
    return caller.post(
        SetPaymentRefundRequestedRequest.PATH,
        SetPaymentRefundRequestedRequest.sign(
                RunningBackend.CRYPTO, person.master(), clock.instant(), requested, payment)
            .toJson());
  }

  public Answer revocations(long ticket) {
    return revocations(Long.toString(ticket));
  }

  /// Polls for what is newer than `ticket`, an integer of any magnitude.
  public Answer revocations(String ticket) {
    return caller.post(
        REVOCATIONS, new GetProRevocationsRequest(new DecimalInteger(ticket)).toJson());
  }

  /// Sends any text as the body.
  public Answer raw(String path, String body) {
    return caller.post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  /// The proof of a success.
  public static ProProof proofIn(Answer answer) {
    return switch (V0Answer.parse(answer.object(), ProProof::parse)) {
      case V0Answer.Success<ProProof>(ProProof proof) -> proof;
      case V0Answer.Failure<ProProof> refused -> throw new AssertionError(refused);
    };
  }

  public static void assertOk(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json().path("status").intValue()).as(answer.text()).isZero();
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("status", "result");
  }

  /// What v0 says when the server could not do what it was asked (`decisions.md` §1, "fault").
  public static void assertFault(Answer answer) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.text()).matches("Internal error, reference [0-9a-f]{16}\n");
  }

  /// A failure with that many texts.
  public static void assertFailed(Answer answer, int status, int errors) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json().path("status").intValue()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("errors")).as(answer.text()).hasSize(errors);
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("status", "errors");
  }
}
