package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.V1Answer;

/// The requests of a v1 client whose clock is right.
public record V1Calls(InstantSource clock, Caller caller) {
  public static final String PROOF = "/generate_pro_proof";
  public static final String STATUS = "/get_pro_status";
  public static final String PAYMENTS = "/get_payment_details";
  public static final String REVOCATIONS = "/get_pro_revocations";

  public V1Calls(RunningBackend backend, Caller caller) {
    this(backend.clock(), caller);
  }

  public Answer proof(Person person) {
    return proof(person, clock.instant());
  }

  public Answer proof(Person person, Instant ts) {
    return caller.post(
        PROOF, GenerateProProofRequest.sign(person.master(), person.rotating(), ts).toJson());
  }

  public Answer status(Person person) {
    return status(person, clock.instant());
  }

  public Answer status(Person person, Instant ts) {
    return caller.post(STATUS, GetProStatusRequest.sign(person.master(), ts).toJson());
  }

  public Answer payments(Person person, long limit) {
    return payments(person, limit, "");
  }

  public Answer payments(Person person, long limit, String before) {
    return payments(person, clock.instant(), DecimalInteger.of(limit), before);
  }

  public Answer payments(Person person, Instant ts, DecimalInteger limit, String before) {
    return caller.post(
        PAYMENTS, GetPaymentDetailsRequest.sign(person.master(), ts, limit, before).toJson());
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
  public static Proof proofIn(Answer answer) {
    return switch (V1Answer.parse(answer.object(), ProofResult::parse)) {
      case V1Answer.Ok<ProofResult>(ProofResult result) -> result.proof();
      case V1Answer.Refused<ProofResult> refused -> throw new AssertionError(refused);
    };
  }

  public static void assertOk(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json().path("status").textValue()).as(answer.text()).isEqualTo("ok");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("status", "result");
  }

  /// A refusal that carries nothing but its slug.
  public static void assertRefused(Answer answer, ErrorCode code) {
    assertRefusal(answer, code);
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("status", "error_code", "error");
  }

  /// A refusal, whatever else it carries.
  public static void assertRefusal(Answer answer, ErrorCode code) {
    JsonNode envelope = answer.json();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(envelope.path("error_code").textValue()).as(answer.text()).isEqualTo(code.slug());
    assertThat(envelope.path("status").textValue()).isEqualTo(code.status().code());
    assertThat(envelope.path("error").textValue()).isNotBlank();
    assertThat(envelope.has("result")).isFalse();
  }
}
