package org.sessionpro.backend.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OffsetDrawn;
import org.sessionpro.backend.entitlement.AccountFact.OperatorNote;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.json.JsonWriter;

/// How facts are written in the `facts` table: a kind and a JSON object of its parts. Instants and
/// lengths are microseconds; parts that are null are absent.
final class FactCodec {
  private FactCodec() {}

  /// A fact as its row holds it.
  record Written(String kind, Instant happenedAt, String body) {}

  static Written write(PaymentFact fact) {
    return switch (fact) {
      case Witnessed f ->
          written(
              "witnessed",
              f.happenedAt(),
              json -> {
                json.text("plan", f.product().plan().code())
                    .bool("unmapped", f.product().unmapped())
                    .integer("purchased_at", Micros.of(f.purchasedAt()))
                    .bool("claimable", f.claimable())
                    .integer("refund_deadline_at", Micros.of(f.refundDeadline()))
                    .text("source", Columns.code(f.source()));
                ifPresent(f.binding(), b -> json.text("binding", b.bytes().hex()));
                ifPresent(f.transaction(), id -> json.text("transaction_id", id.value()));
              });
      case TermsStated f ->
          written(
              "terms_stated",
              f.happenedAt(),
              json -> {
                json.integer("stated_at", Micros.of(f.statedAt())).bool("complete", f.complete());
                ifPresent(f.expiry(), at -> json.integer("expiry_at", Micros.of(at)));
                ifPresent(f.grace(), length -> json.integer("grace_period", Micros.of(length)));
                ifPresent(f.renewing(), flag -> json.bool("auto_renewing", flag));
                ifPresent(f.billingRetry(), flag -> json.bool("billing_retry", flag));
              });
      case Claimed f ->
          written(
              "claimed",
              f.happenedAt(),
              json ->
                  json.integer("account_id", f.owner().value())
                      .integer("at", Micros.of(f.at()))
                      .text("how", Columns.code(f.how())));
      case Revoked f ->
          written(
              "revoked",
              f.happenedAt(),
              json ->
                  json.integer("at", Micros.of(f.at()))
                      .text("reason", Columns.code(f.reason()))
                      .bool("inferred", f.inferred()));
      case Reinstated f ->
          written("reinstated", f.happenedAt(), json -> json.integer("at", Micros.of(f.at())));
      case Acknowledged f ->
          written(
              "acknowledged",
              f.happenedAt(),
              json -> json.integer("at", Micros.of(f.at())).text("state", Columns.code(f.state())));
      case RefundRequested f ->
          written(
              "refund_requested",
              f.happenedAt(),
              json -> {
                json.integer("at", Micros.of(f.at()));
                ifPresent(f.requestedAt(), at -> json.integer("requested_at", Micros.of(at)));
              });
      case CreditOpened f ->
          written(
              "credit_opened",
              f.happenedAt(),
              json ->
                  json.integer("length", Micros.of(f.length()))
                      .integer("from", Micros.of(f.from())));
      case CreditCharged f ->
          written(
              "credit_charged",
              f.happenedAt(),
              json -> {
                json.integer("from", Micros.of(f.from()))
                    .integer("until", Micros.of(f.until()))
                    .integer("amount", Micros.of(f.amount()));
                ifPresent(f.spentAt(), at -> json.integer("spent_at", Micros.of(at)));
              });
    };
  }

  static PaymentFact readPaymentFact(String kind, String body) {
    Body parts = new Body(JsonObject.parse(body.getBytes(StandardCharsets.UTF_8)));
    return switch (kind) {
      case "witnessed" ->
          new Witnessed(
              new Product(new Plan(parts.text("plan")), parts.bool("unmapped")),
              parts.instant("purchased_at"),
              parts.optional("binding", name -> new Binding(ByteString.fromHex(parts.text(name)))),
              parts.bool("claimable"),
              parts.instant("refund_deadline_at"),
              parts.code(Source.class, "source"),
              parts.optional("transaction_id", name -> new TransactionId(parts.text(name))));
      case "terms_stated" ->
          new TermsStated(
              parts.optional("expiry_at", parts::instant),
              parts.optional("grace_period", parts::length),
              parts.optional("auto_renewing", parts::bool),
              parts.optional("billing_retry", parts::bool),
              parts.instant("stated_at"),
              parts.bool("complete"));
      case "claimed" ->
          new Claimed(
              new AccountId(parts.integer("account_id")),
              parts.instant("at"),
              parts.code(ClaimedBy.class, "how"));
      case "revoked" ->
          new Revoked(
              parts.instant("at"), parts.code(RevokedFor.class, "reason"), parts.bool("inferred"));
      case "reinstated" -> new Reinstated(parts.instant("at"));
      case "acknowledged" ->
          new Acknowledged(parts.instant("at"), parts.code(Acknowledgement.class, "state"));
      case "refund_requested" ->
          new RefundRequested(parts.instant("at"), parts.optional("requested_at", parts::instant));
      case "credit_opened" -> new CreditOpened(parts.length("length"), parts.instant("from"));
      case "credit_charged" ->
          new CreditCharged(
              parts.instant("from"),
              parts.instant("until"),
              parts.length("amount"),
              parts.optional("spent_at", parts::instant));
      default -> throw new IllegalStateException("unknown kind of payment fact: " + kind);
    };
  }

  static Written write(AccountFact fact) {
    return switch (fact) {
      case GenerationIssued f ->
          written(
              "generation_issued",
              f.happenedAt(),
              json ->
                  json.integer("ordinal", f.ordinal())
                      .text("tag", f.tag().hex())
                      .integer("at", Micros.of(f.at())));
      case OffsetDrawn f ->
          written(
              "offset_drawn",
              f.happenedAt(),
              json ->
                  json.integer("offset", f.offset().seconds()).integer("at", Micros.of(f.at())));
      case GenerationRevoked f ->
          written(
              "generation_revoked",
              f.happenedAt(),
              json -> json.integer("ordinal", f.ordinal()).integer("at", Micros.of(f.at())));
      case OperatorNote f ->
          written(
              "operator_note",
              f.happenedAt(),
              json -> json.text("reason", f.reason()).integer("at", Micros.of(f.at())));
    };
  }

  static AccountFact readAccountFact(String kind, String body) {
    Body parts = new Body(JsonObject.parse(body.getBytes(StandardCharsets.UTF_8)));
    return switch (kind) {
      case "generation_issued" ->
          new GenerationIssued(
              Math.toIntExact(parts.integer("ordinal")),
              RevocationTag.fromHex(parts.text("tag")),
              parts.instant("at"));
      case "offset_drawn" ->
          new OffsetDrawn(
              new ProofOffset(Math.toIntExact(parts.integer("offset"))), parts.instant("at"));
      case "generation_revoked" ->
          new GenerationRevoked(Math.toIntExact(parts.integer("ordinal")), parts.instant("at"));
      case "operator_note" -> new OperatorNote(parts.text("reason"), parts.instant("at"));
      default -> throw new IllegalStateException("unknown kind of account fact: " + kind);
    };
  }

  private static Written written(String kind, Instant happenedAt, Consumer<JsonWriter> parts) {
    String body = new String(JsonWriter.object(parts), StandardCharsets.US_ASCII);
    return new Written(kind, happenedAt, body);
  }

  private static <T> void ifPresent(@Nullable T value, Consumer<T> action) {
    if (value != null) {
      action.accept(value);
    }
  }

  /// The parts of a stored fact; anything that does not fit is damage, not input.
  private record Body(JsonObject json) {
    String text(String name) {
      if (part(name) instanceof JsonValue.Text text) {
        return text.value();
      }
      throw damaged(name);
    }

    long integer(String name) {
      if (part(name) instanceof JsonValue.Int number) {
        return number.value().toLong();
      }
      throw damaged(name);
    }

    boolean bool(String name) {
      if (part(name) instanceof JsonValue.Bool flag) {
        return flag.value();
      }
      throw damaged(name);
    }

    Instant instant(String name) {
      return Micros.toInstant(integer(name));
    }

    Duration length(String name) {
      return Micros.toDuration(integer(name));
    }

    <E extends Enum<E>> E code(Class<E> type, String name) {
      return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
    }

    <T> @Nullable T optional(String name, Function<String, T> read) {
      return json.has(name) ? read.apply(name) : null;
    }

    private JsonValue part(String name) {
      return json.member(name).orElseThrow(() -> damaged(name));
    }

    private static IllegalStateException damaged(String name) {
      return new IllegalStateException("a stored fact lacks a proper '" + name + "'");
    }
  }
}
