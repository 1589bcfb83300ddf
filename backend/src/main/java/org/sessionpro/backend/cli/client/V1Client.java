package org.sessionpro.backend.cli.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.PaymentDetails;
import org.sessionpro.protocol.v1.PaymentItem;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.Revocations;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

/// A client of protocol v1 (`wire-v1.md` §8 to §11).
final class V1Client implements ProtocolClient {
  private final Transport transport;
  private final Crypto crypto;
  private final InstantSource clock;

  V1Client(Transport transport, Crypto crypto, InstantSource clock) {
    this.transport = transport;
    this.crypto = crypto;
    this.clock = clock;
  }

  /// Who answers there; asked of the server itself, never through an onion.
  static ServerStatus serverStatus(DirectTransport server) {
    return result(server.get("/status"), ServerStatus::parse);
  }

  @Override
  public Answer proof(ClientKeys keys, Optional<BackendKey> backend) {
    SigningKey rotating = keys.rotatingKey(crypto);
    Instant now = clock.instant();
    GenerateProProofRequest request =
        GenerateProProofRequest.sign(keys.masterKey(crypto), rotating, now);
    ProofResult result = ask("/generate_pro_proof", request.toJson(), ProofResult::parse);
    Proof proof = result.proof();
    if (!proof.rotatingKey().bytes().equals(rotating.publicKey())) {
      throw CommandFailed.because("the proof is for another rotating key");
    }
    if (backend.isPresent()
        && proof.verify(crypto, backend.get(), now, Revocations.NONE)
            == Proof.Verdict.BAD_SIGNATURE) {
      throw CommandFailed.because("the proof is not signed by the given backend key");
    }
    Report report =
        Report.empty()
            .text("revocation_tag", proof.tag().hex())
            .text("rotating_key", proof.rotatingKey().hex())
            .moment("proof_expiry_ts", proof.expiry())
            .text("signature", proof.signature().hex());
    return answer(account(report, result.account()), result);
  }

  @Override
  public Answer status(ClientKeys keys) {
    GetProStatusRequest request = GetProStatusRequest.sign(keys.masterKey(crypto), clock.instant());
    StatusResult result = ask("/get_pro_status", request.toJson(), StatusResult::parse);
    Report report =
        account(Report.empty().text("user_status", result.userStatus().code()), result.term());
    PaymentItem latest = result.latestPayment();
    return answer(
        latest == null ? report : report.rows("latest_payment", List.of(row(latest))), result);
  }

  @Override
  public Answer payments(ClientKeys keys, int limit, String before) {
    GetPaymentDetailsRequest request =
        GetPaymentDetailsRequest.sign(
            keys.masterKey(crypto), clock.instant(), DecimalInteger.of(limit), before);
    PaymentDetails result = ask("/get_payment_details", request.toJson(), PaymentDetails::parse);
    Report report = Report.empty().number("payments_total", result.paymentsTotal());
    String next = result.nextCursor();
    return answer(
        (next == null ? report : report.text("next_cursor", next))
            .rows("items", result.items().stream().map(V1Client::row).toList()),
        result);
  }

  @Override
  public Answer revocations(DecimalInteger ticket) {
    GetProRevocationsRequest request = new GetProRevocationsRequest(ticket);
    RevocationList result = ask("/get_pro_revocations", request.toJson(), RevocationList::parse);
    Report report =
        Report.empty()
            .number("ticket", result.ticket().value())
            .span("retry_in_duration", result.retryIn())
            .span("retain_for_duration", result.retainFor())
            .rows(
                "items",
                result.items().stream()
                    .map(item ->
                        Report.empty()
                            .text("revocation_tag", item.tag().hex())
                            .moment("effective_ts", item.effective()))
                    .toList());
    return answer(report, result);
  }

  private <R extends V1Result> R ask(String path, byte[] body, Function<JsonObject, R> parser) {
    return result(transport.post(path, body), parser);
  }

  private static <R extends V1Result> R result(byte[] document, Function<JsonObject, R> parser) {
    try {
      return switch (V1Answer.parse(JsonObject.parse(document), parser)) {
        case V1Answer.Ok<R>(R result) -> result;
        case V1Answer.Refused<R>(var refusal) ->
            throw CommandFailed.refused(refusal.slug(), refusal.text());
      };
    } catch (BadRequest broken) {
      throw CommandFailed.because("the answer is not of protocol v1: " + broken.getMessage());
    }
  }

  private static Answer answer(Report report, V1Result result) {
    return new Answer(report, ByteString.of(JsonWriter.object(result::write)));
  }

  private static Report account(Report report, AccountTerm term) {
    return instant(report, "account_expiry_ts", term.expiry())
        .span("grace_period_duration", term.gracePeriod())
        .flag("auto_renewing", term.autoRenewing());
  }

  private static Report row(PaymentItem item) {
    Report row =
        Report.empty()
            .text("status", item.status().code())
            .text("plan", item.plan().code())
            .text("provider", item.id().provider().code())
            .moment("purchased_ts", item.purchased());
    return instant(row, "expiry_ts", item.term().expiry())
        .flag("auto_renewing", item.term().autoRenewing())
        .text("payment_id", item.id().text());
  }

  private static Report instant(Report report, String name, @Nullable Instant at) {
    return at == null || at.equals(Instant.EPOCH) ? report.absent(name) : report.moment(name, at);
  }
}
