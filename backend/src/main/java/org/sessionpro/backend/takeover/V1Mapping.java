package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditInherited;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsInherited;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.ledger.InheritedPayment;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// The facts that a mended payment of summer 2026 comes to (`import-python.md` §4.1, §4.3).
final class V1Mapping {
  private V1Mapping() {}

  /// @param checkpoint up to when the owner's credits were charged; null for no live credit
  static InheritedPayment of(V1Payment row, @Nullable Instant checkpoint, Instant takenAt) {
    V1Payment.Times times = row.times();
    List<PaymentFact> facts = new ArrayList<>();
    facts.add(
        new Witnessed(
            Product.of(row.plan()),
            times.purchased(),
            StoreNames.binding(row),
            true,
            times.refundDeadline(),
            Source.IMPORT,
            transaction(row)));
    facts.addAll(granted(row, checkpoint));
    StoreNames.others(row).forEach(name -> facts.add(new AliasSeen(name, times.purchased())));
    if (times.revoked() != null) {
      // Why is not recorded; whatever the store states of it counts more.
      facts.add(new Revoked(times.revoked(), RevokedFor.REFUND, true));
    }
    V1Payment.Google google = row.details().google();
    if (google != null && google.needsAcknowledgement()) {
      facts.add(new Acknowledged(takenAt, Acknowledgement.OWED));
    }
    return new InheritedPayment(
        new PaymentId(row.id()),
        StoreNames.key(row).orElseThrow(),
        facts,
        row.owner() == null ? null : times.redeemed());
  }

  /// A term, or a length with what was charged of it.
  private static List<PaymentFact> granted(V1Payment row, @Nullable Instant checkpoint) {
    Instant purchased = row.times().purchased();
    V1Payment.Terms terms = row.terms();
    Duration left = terms.credit();
    Instant end = row.times().expiry();
    if (left == null) {
      return List.of(new TermsInherited(end, terms.grace(), terms.renewing(), purchased));
    }
    if (left.isZero() && end != null) {
      // How long it was is not known; nothing is left of it.
      Duration length = usualLength(row.plan());
      return List.of(
          new CreditInherited(length, end, purchased), new CreditCharged(end, end, length, end));
    }
    if (row.owner() == null) {
      return List.of(new CreditOpened(left, purchased));
    }
    Instant revoked = row.times().revoked();
    Instant since = revoked != null || checkpoint == null ? revoked : checkpoint;
    return List.of(new CreditInherited(left, since == null ? purchased : since, purchased));
  }

  /// What operators grant under that name (`entitlement.md` §11).
  private static Duration usualLength(Plan plan) {
    return switch (plan.code()) {
      case "1m" -> Duration.ofDays(30);
      case "3m" -> Duration.ofDays(90);
      default -> Duration.ofDays(365);
    };
  }

  private static @Nullable TransactionId transaction(V1Payment row) {
    V1Payment.Apple apple = row.details().apple();
    return apple == null ? null : new TransactionId(apple.transaction());
  }

  /// A mended payment that nobody owns.
  static UnclaimedPayment unclaimed(V1Payment row, Instant takenAt) {
    return new UnclaimedPayment(of(row, null, takenAt), due(row, takenAt), null);
  }

  /// How a mended payment must be shown: as the old service shows it.
  static DuePayment due(V1Payment row, Instant takenAt) {
    V1Payment.Times times = row.times();
    V1Payment.Terms terms = row.terms();
    return new DuePayment(
        new PaymentId(row.id()),
        new DuePayment.Named(
            StoreNames.key(row).orElseThrow(),
            transaction(row),
            StoreNames.others(row),
            StoreNames.binding(row),
            row.plan()),
        new DuePayment.Times(
            times.purchased(),
            times.redeemed(),
            times.expiry(),
            times.refundDeadline(),
            times.revoked(),
            null),
        new DuePayment.Terms(terms.renewing(), terms.grace(), terms.credit()),
        status(times, takenAt),
        false);
  }

  private static Payment.Status status(V1Payment.Times times, Instant takenAt) {
    if (times.revoked() != null) {
      return Payment.Status.REVOKED;
    }
    Instant expiry = times.expiry();
    return expiry != null && !takenAt.isBefore(expiry)
        ? Payment.Status.EXPIRED
        : Payment.Status.REDEEMED;
  }
}
