package org.sessionpro.backend.cli.inspection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.TimeText;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OffsetDrawn;
import org.sessionpro.backend.entitlement.AccountFact.OperatorNote;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditInherited;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Reattributed;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.TermsInherited;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;

/// A fact in words: its kind, and its parts as `name=value`. Parts that were not stated are left
/// out, and so is everything that identifies an owner.
///
/// @param kind in snake case
record FactWords(String kind, String detail) {

  static FactWords of(PaymentFact fact) {
    return switch (fact) {
      case Witnessed f ->
          new FactWords(
              "witnessed",
              new Detail()
                  .part("plan", f.product().plan().code())
                  .flag("unmapped", f.product().unmapped())
                  .part("source", code(f.source()))
                  .part("binding", binding(f.binding()))
                  .flag("unclaimable", !f.claimable())
                  .part("began", f.began() == null ? null : code(f.began()))
                  .text());
      case TermsStated f ->
          new FactWords(
              "terms_stated",
              new Detail()
                  .part("expiry", f.expiry())
                  .part("grace", f.grace())
                  .part("renewing", f.renewing())
                  .part("billing_retry", f.billingRetry())
                  .flag("partial", !f.complete())
                  .text());
      case TermsInherited f ->
          new FactWords(
              "terms_inherited",
              new Detail()
                  .part("expiry", f.expiry())
                  .part("grace", f.grace())
                  .part("renewing", f.renewing())
                  .text());
      case AliasSeen _ -> new FactWords("alias_seen", "");
      case BindingStated f ->
          new FactWords(
              "binding_stated", new Detail().part("binding", binding(f.binding())).text());
      case Reattributed f ->
          new FactWords("reattributed", new Detail().part("reason", oneLine(f.reason())).text());
      case Voided _ -> new FactWords("voided", "");
      case Hidden _ -> new FactWords("hidden", "");
      case Claimed f -> new FactWords("claimed", new Detail().part("how", code(f.how())).text());
      case Revoked f ->
          new FactWords(
              "revoked",
              new Detail().part("reason", code(f.reason())).flag("inferred", f.inferred()).text());
      case Reinstated _ -> new FactWords("reinstated", "");
      case Acknowledged f ->
          new FactWords("acknowledged", new Detail().part("state", code(f.state())).text());
      case RefundRequested f ->
          new FactWords(
              "refund_requested",
              new Detail()
                  .part("requested", f.requestedAt())
                  .flag("withdrawn", f.requestedAt() == null)
                  .text());
      case CreditOpened f ->
          new FactWords("credit_opened", new Detail().part("length", f.length()).text());
      case CreditInherited f ->
          new FactWords(
              "credit_inherited",
              new Detail().part("length", f.length()).part("since", f.since()).text());
      case CreditReduced f ->
          new FactWords("credit_reduced", new Detail().part("left", f.granted()).text());
      case CreditCharged f ->
          new FactWords(
              "credit_charged",
              new Detail()
                  .part("from", f.from())
                  .part("amount", f.amount())
                  .part("spent", f.spentAt())
                  .text());
    };
  }

  static FactWords of(AccountFact fact) {
    return switch (fact) {
      case GenerationIssued f ->
          new FactWords(
              "generation_issued",
              new Detail().part("generation", Integer.toString(f.ordinal())).text());
      case OffsetDrawn f ->
          new FactWords(
              "offset_drawn",
              new Detail().part("offset", Duration.ofSeconds(f.offset().seconds())).text());
      case GenerationRevoked f ->
          new FactWords(
              "generation_revoked",
              new Detail().part("generation", Integer.toString(f.ordinal())).text());
      case OperatorNote f ->
          new FactWords("operator_note", new Detail().part("reason", oneLine(f.reason())).text());
    };
  }

  static FactWords of(SubscriptionFact fact) {
    return switch (fact) {
      case LossHeard f ->
          new FactWords(
              "loss_heard",
              new Detail()
                  .part("loss", code(f.loss()))
                  .flag("of_one_order", f.order() != null)
                  .part("quantity", f.quantity() == null ? null : f.quantity().toString())
                  .part("reason", f.reason() == null ? null : f.reason().toString())
                  .part("source", code(f.source()))
                  .text());
      case Linked _ -> new FactWords("linked", "");
    };
  }

  /// The word for a constant, as in the ledger: its name in lower case.
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String binding(@Nullable Binding binding) {
    return binding == null ? "none" : "stated";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /// Parts that are present, in the order in which they are added.
  private static final class Detail {
    private final List<String> parts = new ArrayList<>();

    Detail part(String name, @Nullable String value) {
      if (value != null) {
        parts.add(name + "=" + value);
      }
      return this;
    }

    Detail part(String name, @Nullable Instant at) {
      return part(name, at == null ? null : TimeText.of(at));
    }

    Detail part(String name, @Nullable Duration length) {
      return part(name, length == null ? null : TimeText.of(length).replace(" ", ""));
    }

    Detail part(String name, @Nullable Boolean flag) {
      return part(name, flag == null ? null : flag ? "yes" : "no");
    }

    /// A word that stands for itself.
    Detail flag(String word, boolean present) {
      if (present) {
        parts.add(word);
      }
      return this;
    }

    String text() {
      return String.join(" ", parts);
    }
  }
}
