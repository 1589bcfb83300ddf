package org.sessionpro.backend.cli.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
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
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.PaymentIds;
import org.sessionpro.protocol.v0.PaymentItem;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;
import org.sessionpro.protocol.v0.RefundRequestedResult;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Result;
import org.sessionpro.protocol.v0.V0Time;

/// A client of protocol v0 (`wire-v0.md` §5). It has one question for status and payments.
final class V0Client implements ProtocolClient {
  private final Transport transport;
  private final Crypto crypto;
  private final InstantSource clock;

  V0Client(Transport transport, Crypto crypto, InstantSource clock) {
    this.transport = transport;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Override
  public Answer proof(ClientKeys keys, Optional<BackendKey> backend) {
    SigningKey rotating = keys.rotatingKey(crypto);
    Instant now = clock.instant();
    ProProof proof =
        ask(
            GenerateProProofRequest.PATH,
            GenerateProProofRequest.sign(crypto, keys.masterKey(crypto), rotating, now).toJson(),
            ProProof::parse);
    return proof(proof, rotating, now, backend);
  }

  private Answer proof(
      ProProof proof, SigningKey rotating, Instant now, Optional<BackendKey> backend) {
    if (!proof.rotating().bytes().equals(rotating.publicKey())) {
      throw CommandFailed.because("the proof is for another rotating key");
    }
    if (backend.isPresent()
        && proof.verify(crypto, backend.get(), now, ProRevocations.NONE) == ProofVerdict.FORGED) {
      throw CommandFailed.because("the proof is not signed by the given backend key");
    }
    Report report =
        Report.empty()
            .text("gen_index_hash", proof.tag().hex())
            .text("rotating_key", proof.rotating().hex())
            .moment("proof_expiry_ts", proof.expiry())
            .text("signature", proof.signature().hex());
    return answer(report, proof);
  }

  @Override
  public Answer status(ClientKeys keys) {
    ProDetails details = details(keys, 1);
    return answer(account(details), details);
  }

  @Override
  public Answer payments(ClientKeys keys, int limit, String before) {
    if (!before.isEmpty()) {
      throw CommandFailed.misused("--before is for protocol v1: v0 has no pages");
    }
    ProDetails details = details(keys, limit);
    Report report =
        Report.empty()
            .number("payments_total", details.paymentsTotal())
            .rows("items", details.items().stream().map(V0Client::row).toList());
    return answer(report, details);
  }

  @Override
  public Answer revocations(DecimalInteger ticket) {
    ProRevocations list =
        ask(
            GetProRevocationsRequest.PATH,
            new GetProRevocationsRequest(ticket).toJson(),
            ProRevocations::parse);
    Report report =
        Report.empty()
            .number("ticket", list.ticket().value())
            .span("retry_in_duration", list.retryIn())
            .rows(
                "items",
                list.items().stream()
                    .map(item ->
                        Report.empty()
                            .text("gen_index_hash", item.tag().hex())
                            .moment("effective_ts", item.effective())
                            .moment("expiry_ts", item.expiry()))
                    .toList());
    return answer(report, list);
  }

  /// Adds a payment, and gets a proof for it.
  ///
  /// @param terms of a payment that a server in development mode is to make up; null for any other
  Answer add(
      ClientKeys keys,
      PaymentTx.Claimable payment,
      @Nullable DevTerms terms,
      Optional<BackendKey> backend) {
    SigningKey rotating = keys.rotatingKey(crypto);
    AddProPaymentRequest request =
        AddProPaymentRequest.sign(crypto, keys.masterKey(crypto), rotating, payment);
    byte[] body = terms == null ? request.toJson() : request.toJson(terms);
    ProProof proof = ask(AddProPaymentRequest.PATH, body, ProProof::parse);
    return proof(proof, rotating, clock.instant(), backend);
  }

  /// Tells the server that the store was asked for the money back.
  ///
  /// @param at when; [V0Time#NONE] withdraws that
  Answer requestRefund(ClientKeys keys, PaymentTx.Claimable payment, Instant at) {
    RefundRequestedResult result =
        ask(
            SetPaymentRefundRequestedRequest.PATH,
            SetPaymentRefundRequestedRequest.sign(
                    crypto, keys.masterKey(crypto), clock.instant(), at, payment)
                .toJson(),
            RefundRequestedResult::parse);
    return answer(Report.empty().flag("updated", result.updated()), result);
  }

  private ProDetails details(ClientKeys keys, int count) {
    return ask(
        GetProDetailsRequest.PATH,
        GetProDetailsRequest.sign(crypto, keys.masterKey(crypto), clock.instant(), count).toJson(),
        ProDetails::parse);
  }

  private <R extends V0Result> R ask(String path, byte[] body, Function<JsonObject, R> parser) {
    byte[] document = transport.post(path, body);
    try {
      return switch (V0Answer.parse(JsonObject.parse(document), parser)) {
        case V0Answer.Success<R>(R result) -> result;
        case V0Answer.Failure<R>(int status, var errors) ->
            throw CommandFailed.refused(Integer.toString(status), String.join("; ", errors));
      };
    } catch (BadRequest broken) {
      throw CommandFailed.because("the answer is not of protocol v0: " + broken.getMessage());
    }
  }

  private static Answer answer(Report report, V0Result result) {
    return new Answer(report, ByteString.of(JsonWriter.object(result::write)));
  }

  private static Report account(ProDetails details) {
    Report report = Report.empty().text("user_status", lowerCase(details.status()));
    return instant(report, "account_expiry_ts", details.term().expiry())
        .span("grace_period_duration", details.term().grace())
        .flag("auto_renewing", details.term().autoRenewing())
        .number("payments_total", details.paymentsTotal())
        .flag("error_report", details.errorReport())
        .rows("latest_payment", details.items().stream().map(V0Client::row).toList());
  }

  private static Report row(PaymentItem item) {
    Report row =
        Report.empty()
            .text("status", lowerCase(item.status()))
            .text("plan", item.plan().plan().code())
            .text("provider", item.ids().provider().code());
    row = instant(row, "purchased_ts", item.milestones().unredeemed());
    return instant(row, "expiry_ts", item.term().expiry())
        .flag("auto_renewing", item.term().autoRenewing())
        .text("payment_id", name(item.ids()));
  }

  private static String name(PaymentIds ids) {
    return switch (ids) {
      case PaymentIds.Google(var token, var orderId) -> token.value() + "|" + orderId.value();
      case PaymentIds.Apple apple -> apple.transactionId().value();
      case PaymentIds.Voucher(var orderId) -> orderId.value();
    };
  }

  private static Report instant(Report report, String name, Instant at) {
    return at.equals(V0Time.NONE) ? report.absent(name) : report.moment(name, at);
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
