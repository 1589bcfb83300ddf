package org.sessionpro.backend.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.Authenticity;
import org.sessionpro.protocol.v0.PaymentIds;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Plan;
import org.sessionpro.protocol.v0.V0Result;
import org.sessionpro.protocol.v0.V0Time;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.Admission;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.PaymentDetails;
import org.sessionpro.protocol.v1.PaymentId;
import org.sessionpro.protocol.v1.PaymentItem;
import org.sessionpro.protocol.v1.PaymentStatus;
import org.sessionpro.protocol.v1.PaymentTerm;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.UserStatus;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

/// What a server with the development key answers about one subscriber, in both protocols. Every
/// signed request is checked as a server checks it.
final class ServerAnswers {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant EXPIRY = Instant.parse("2026-03-31T00:00:00Z");
  static final RevocationTag TAG = RevocationTag.fromHex("7a".repeat(32));

  /// The entry of `TAG` takes effect the day after `NOW`.
  static final Instant REVOKED_AT = NOW.plus(Duration.ofDays(1));

  private static final AccountTerm TERM = new AccountTerm(EXPIRY, Duration.ofHours(1), true);

  private final Crypto crypto;
  private final ServerKey key;

  ServerAnswers(Crypto crypto) {
    this.crypto = crypto;
    this.key = ServerKey.development(crypto);
  }

  void installOn(FakeServer server) {
    server.answer("/status", body -> ok(new ServerStatus("1", NOW, key.publicKey())));
    server.answer("/generate_pro_proof", body -> body.has("ts") ? v1Proof(body) : v0Proof(body));
    server.answer("/get_pro_status", this::v1Status);
    server.answer("/get_payment_details", this::v1Payments);
    server.answer("/get_pro_details", this::v0Details);
    server.answer(
        "/get_pro_revocations",
        body -> body.has("version") ? success(v0Revocations()) : ok(v1Revocations()));
  }

  static RevocationList v1Revocations() {
    return RevocationList.of(new Ticket(9), List.of(new RevocationList.Item(TAG, REVOKED_AT)));
  }

  static ProRevocations v0Revocations() {
    return new ProRevocations(
        new Ticket(9),
        List.of(new ProRevocations.Item(TAG, NOW.plus(Duration.ofDays(31)), REVOKED_AT)),
        ProRevocations.POLL_INTERVAL);
  }

  private byte[] v1Proof(JsonObject body) {
    GenerateProProofRequest request = GenerateProProofRequest.parse(body);
    assertThat(request.admit(crypto, key.publicKey(), NOW)).isEqualTo(Admission.ADMITTED);
    return ok(new ProofResult(Proof.sign(key.signing(), TAG, request.rotatingKey(), EXPIRY), TERM));
  }

  private byte[] v1Status(JsonObject body) {
    assertThat(GetProStatusRequest.parse(body).admit(crypto, NOW)).isEqualTo(Admission.ADMITTED);
    return ok(new StatusResult(UserStatus.ACTIVE, TERM, v1Payment()));
  }

  private byte[] v1Payments(JsonObject body) {
    GetPaymentDetailsRequest request = GetPaymentDetailsRequest.parse(body);
    assertThat(request.admit(crypto, NOW)).isEqualTo(Admission.ADMITTED);
    return request.limit().equals(DecimalInteger.of(1)) && request.before().isEmpty()
        ? ok(new PaymentDetails(2, List.of(v1Payment()), "c0"))
        : ok(new PaymentDetails(2, List.of(), null));
  }

  private static PaymentItem v1Payment() {
    return new PaymentItem(
        PaymentStatus.REDEEMED,
        new Plan("1m"),
        PaymentId.voucher("order-1"),
        new PaymentTerm(null, Duration.ZERO, false),
        NOW.minusSeconds(60),
        null,
        null);
  }

  private byte[] v0Proof(JsonObject body) {
    var request = org.sessionpro.protocol.v0.GenerateProProofRequest.parse(body, NOW);
    assertThat(request.authenticity(crypto, key.publicKey())).isEqualTo(Authenticity.AUTHENTIC);
    return success(ProProof.issue(crypto, key.signing(), TAG, request.rotating(), EXPIRY));
  }

  private byte[] v0Details(JsonObject body) {
    var request = org.sessionpro.protocol.v0.GetProDetailsRequest.parse(body, NOW);
    assertThat(request.isAuthentic(crypto)).isTrue();
    return success(
        new ProDetails(
            org.sessionpro.protocol.v0.UserStatus.ACTIVE,
            new ProDetails.Term(true, EXPIRY, Duration.ofHours(1)),
            V0Time.NONE,
            2,
            false,
            List.of(
                new org.sessionpro.protocol.v0.PaymentItem(
                    new PaymentIds.Voucher(new OrderId("order-1")),
                    org.sessionpro.protocol.v0.PaymentStatus.REDEEMED,
                    V0Plan.ONE_MONTH,
                    new ProDetails.Term(false, EXPIRY, Duration.ZERO),
                    new org.sessionpro.protocol.v0.PaymentItem.Milestones(
                        NOW.minusSeconds(60),
                        NOW.minusSeconds(60),
                        V0Time.NONE,
                        V0Time.NONE,
                        V0Time.NONE)))));
  }

  static <R extends V1Result> byte[] ok(R result) {
    return new V1Answer.Ok<>(result).toJson();
  }

  static <R extends V0Result> byte[] success(R result) {
    return new V0Answer.Success<>(result).toJson();
  }
}
