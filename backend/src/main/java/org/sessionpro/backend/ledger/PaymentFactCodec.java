package org.sessionpro.backend.ledger;

import java.util.function.Consumer;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditInherited;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Reattributed;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsInherited;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;

/// How facts about payments are written in `facts`.
final class PaymentFactCodec {
  /// A part of the body of every statement that a store retries a failed charge, and of no other fact.
  static final String RETRYING = "\"billing_retry\":true";

  static final String TERMS_STATED = "terms_stated";
  static final String REATTRIBUTED = "reattributed";
  static final String REFUND_REQUESTED = "refund_requested";

  private static final String AT = "at";

  private PaymentFactCodec() {}

  static WrittenFact write(PaymentFact fact) {
    return switch (fact) {
      case Witnessed f -> written("witnessed", f, json -> write(f, json));
      case AliasSeen f ->
          written("alias_seen", f, json -> json.text("transaction_id", f.transaction().value()));
      case BindingStated f ->
          written("binding_stated", f, json -> json.text("binding", f.binding().bytes().hex()));
      case TermsStated f -> written(TERMS_STATED, f, json -> write(f, json));
      case TermsInherited f -> written("terms_inherited", f, json -> write(f, json));
      case Claimed f ->
          written(
              "claimed",
              f,
              json ->
                  json.integer("account_id", f.owner().value()).text("how", Columns.code(f.how())));
      case Reattributed f ->
          written(
              REATTRIBUTED,
              f,
              json -> json.integer("account_id", f.owner().value()).text("reason", f.reason()));
      case Revoked f ->
          written(
              "revoked",
              f,
              json -> json.text("reason", Columns.code(f.reason())).bool("inferred", f.inferred()));
      case Reinstated f -> written("reinstated", f, json -> {});
      case Voided f -> written("voided", f, json -> {});
      case Hidden f -> written("hidden", f, json -> {});
      case Acknowledged f ->
          written("acknowledged", f, json -> json.text("state", Columns.code(f.state())));
      case RefundRequested f ->
          written(
              REFUND_REQUESTED,
              f,
              json ->
                  WrittenFact.ifPresent(
                      f.requestedAt(), at -> json.integer("requested_at", Micros.of(at))));
      case CreditOpened f ->
          written("credit_opened", f, json -> json.integer("length", Micros.of(f.length())));
      case CreditInherited f ->
          written(
              "credit_inherited",
              f,
              json ->
                  json.integer("length", Micros.of(f.length()))
                      .integer("since", Micros.of(f.since())));
      case CreditReduced f ->
          written("credit_reduced", f, json -> json.integer("granted", Micros.of(f.granted())));
      case CreditCharged f -> written("credit_charged", f, json -> write(f, json));
    };
  }

  /// Every fact has its instant in the part `at`.
  private static WrittenFact written(String kind, PaymentFact fact, Consumer<JsonWriter> parts) {
    return WrittenFact.of(
        kind,
        fact.happenedAt(),
        json -> {
          json.integer(AT, Micros.of(fact.happenedAt()));
          parts.accept(json);
        });
  }

  private static void write(Witnessed fact, JsonWriter json) {
    json.text("plan", fact.product().plan().code())
        .bool("unmapped", fact.product().unmapped())
        .bool("claimable", fact.claimable())
        .integer("refund_deadline_at", Micros.of(fact.refundDeadline()))
        .text("source", Columns.code(fact.source()));
    WrittenFact.ifPresent(fact.binding(), b -> json.text("binding", b.bytes().hex()));
    WrittenFact.ifPresent(fact.transaction(), id -> json.text("transaction_id", id.value()));
    WrittenFact.ifPresent(fact.began(), began -> json.text("began", Columns.code(began)));
  }

  private static void write(TermsStated fact, JsonWriter json) {
    json.bool("complete", fact.complete());
    WrittenFact.ifPresent(fact.expiry(), at -> json.integer("expiry_at", Micros.of(at)));
    WrittenFact.ifPresent(fact.grace(), span -> json.integer("grace_period", Micros.of(span)));
    WrittenFact.ifPresent(fact.renewing(), flag -> json.bool("auto_renewing", flag));
    WrittenFact.ifPresent(fact.billingRetry(), flag -> json.bool("billing_retry", flag));
  }

  private static void write(TermsInherited fact, JsonWriter json) {
    WrittenFact.ifPresent(fact.expiry(), at -> json.integer("expiry_at", Micros.of(at)));
    WrittenFact.ifPresent(fact.grace(), span -> json.integer("grace_period", Micros.of(span)));
    json.bool("auto_renewing", fact.renewing());
  }

  private static void write(CreditCharged fact, JsonWriter json) {
    json.integer("from", Micros.of(fact.from())).integer("amount", Micros.of(fact.amount()));
    WrittenFact.ifPresent(fact.spentAt(), at -> json.integer("spent_at", Micros.of(at)));
  }

  static PaymentFact read(String kind, String body) {
    FactBody parts = FactBody.parse(body);
    return switch (kind) {
      case "witnessed" -> readWitnessed(parts);
      case "alias_seen" ->
          new AliasSeen(new TransactionId(parts.text("transaction_id")), parts.instant(AT));
      case "binding_stated" -> new BindingStated(binding(parts, "binding"), parts.instant(AT));
      case TERMS_STATED -> readTermsStated(parts);
      case "terms_inherited" ->
          new TermsInherited(
              parts.optional("expiry_at", parts::instant),
              parts.optional("grace_period", parts::length),
              parts.bool("auto_renewing"),
              parts.instant(AT));
      case "claimed" ->
          new Claimed(account(parts), parts.instant(AT), parts.code(ClaimedBy.class, "how"));
      case REATTRIBUTED ->
          new Reattributed(account(parts), parts.instant(AT), parts.text("reason"));
      case "revoked" ->
          new Revoked(
              parts.instant(AT), parts.code(RevokedFor.class, "reason"), parts.bool("inferred"));
      case "reinstated" -> new Reinstated(parts.instant(AT));
      case "voided" -> new Voided(parts.instant(AT));
      case "hidden" -> new Hidden(parts.instant(AT));
      case "acknowledged" ->
          new Acknowledged(parts.instant(AT), parts.code(Acknowledgement.class, "state"));
      case REFUND_REQUESTED ->
          new RefundRequested(parts.instant(AT), parts.optional("requested_at", parts::instant));
      case "credit_opened" -> new CreditOpened(parts.length("length"), parts.instant(AT));
      case "credit_inherited" ->
          new CreditInherited(parts.length("length"), parts.instant("since"), parts.instant(AT));
      case "credit_reduced" -> new CreditReduced(parts.length("granted"), parts.instant(AT));
      case "credit_charged" -> readCreditCharged(parts);
      default -> throw new IllegalStateException("unknown kind of payment fact: " + kind);
    };
  }

  private static Witnessed readWitnessed(FactBody parts) {
    return new Witnessed(
        new Product(new Plan(parts.text("plan")), parts.bool("unmapped")),
        parts.instant(AT),
        parts.optional("binding", name -> binding(parts, name)),
        parts.bool("claimable"),
        parts.instant("refund_deadline_at"),
        parts.code(Source.class, "source"),
        parts.optional("transaction_id", name -> new TransactionId(parts.text(name))),
        parts.optional("began", name -> parts.code(Began.class, name)));
  }

  /// Of the body of a fact of the kind [#TERMS_STATED].
  static TermsStated readTermsStated(String body) {
    return readTermsStated(FactBody.parse(body));
  }

  private static TermsStated readTermsStated(FactBody parts) {
    return new TermsStated(
        parts.optional("expiry_at", parts::instant),
        parts.optional("grace_period", parts::length),
        parts.optional("auto_renewing", parts::bool),
        parts.optional("billing_retry", parts::bool),
        parts.instant(AT),
        parts.bool("complete"));
  }

  private static CreditCharged readCreditCharged(FactBody parts) {
    return new CreditCharged(
        parts.instant("from"),
        parts.instant(AT),
        parts.length("amount"),
        parts.optional("spent_at", parts::instant));
  }

  private static Binding binding(FactBody parts, String name) {
    return new Binding(ByteString.fromHex(parts.text(name)));
  }

  private static AccountId account(FactBody parts) {
    return new AccountId(parts.integer("account_id"));
  }
}
