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
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsInherited;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.ledger.InheritedPayment;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// The facts that a mended payment of March 2026 comes to (`import-python.md` §4.1, §4.3).
final class V0Mapping {
  /// How long Google waits before it refunds what nobody acknowledges.
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofDays(3);

  private V0Mapping() {}

  static InheritedPayment of(V0Payment row, Instant takenAt) {
    V0Payment.Times times = row.times();
    Instant purchased = Instant.ofEpochMilli(times.unredeemed());
    long grace = V0Grace.of(row).length();
    List<PaymentFact> facts = new ArrayList<>();
    facts.add(witnessed(row, purchased));
    facts.add(
        new TermsInherited(
            Instant.ofEpochMilli(times.expiry()),
            grace == 0 ? null : Duration.ofMillis(grace),
            row.renewal().renewing(),
            purchased));
    StoreNames.others(row).forEach(name -> facts.add(new AliasSeen(name, purchased)));
    if (times.refundRequested() != 0) {
      Instant asked = Instant.ofEpochMilli(times.refundRequested());
      facts.add(new RefundRequested(asked, asked));
    }
    if (row.isRevoked()) {
      // Why is not recorded; whatever the store states of it counts more.
      facts.add(new Revoked(Instant.ofEpochMilli(times.revoked()), RevokedFor.REFUND, true));
    } else if (mayBeUnacknowledged(row, purchased, takenAt)) {
      facts.add(new Acknowledged(takenAt, Acknowledgement.OWED));
    }
    boolean bound = row.owner() != null;
    return new InheritedPayment(
        new PaymentId(row.id()),
        StoreNames.key(row).orElseThrow(),
        facts,
        bound ? Instant.ofEpochMilli(times.redeemed()) : null);
  }

  private static Witnessed witnessed(V0Payment row, Instant purchased) {
    return new Witnessed(
        Product.of(plan(row)),
        purchased,
        StoreNames.binding(row),
        true,
        Instant.ofEpochMilli(row.times().refundDeadline()),
        Source.IMPORT,
        transaction(row));
  }

  static Plan plan(V0Payment row) {
    return new Plan(
        switch ((int) row.codes().plan()) {
          case 1 -> "1m";
          case 2 -> "3m";
          default -> "1y";
        });
  }

  private static @Nullable TransactionId transaction(V0Payment row) {
    return row.isOf(V0Payment.APPLE) ? new TransactionId(row.ids().appleTransaction()) : null;
  }

  private static boolean mayBeUnacknowledged(V0Payment row, Instant purchased, Instant takenAt) {
    return row.isOf(V0Payment.GOOGLE)
        && row.owner() == null
        && !purchased.isBefore(takenAt.minus(ACKNOWLEDGED_WITHIN));
  }

  /// A mended payment that nobody owns.
  static UnclaimedPayment unclaimed(V0Payment row, Instant takenAt) {
    return new UnclaimedPayment(of(row, takenAt), due(row, takenAt), claim(row, takenAt));
  }

  /// The old service bound what was unredeemed: 0, with a proof of the past if it had ended; everything
  /// else was 101 (`wire-v0.md` §5.1), and whatever of Google names no buyer (§6.2).
  private static @Nullable Category claim(V0Payment row, Instant takenAt) {
    if (row.isRevoked() || isOutOfReach(row)) {
      return null;
    }
    if (row.isOf(V0Payment.GOOGLE) && StoreNames.binding(row) == null) {
      return Category.CLAIM_BY_NAME;
    }
    if (status(row, row.times().expiry() <= takenAt.toEpochMilli()) == Payment.Status.EXPIRED) {
      return Category.CLAIM_AFTER_END;
    }
    return row.codes().status() == V0Payment.UNREDEEMED ? null : Category.REPAIRED;
  }

  /// Whether nobody can add it, neither before nor now: vouchers have no name, and a token that is no
  /// UUID is that of no key.
  private static boolean isOutOfReach(V0Payment row) {
    return row.isOf(V0Payment.VOUCHER) || StoreNames.oddBuyer(row) == Anomaly.TOKEN_NOT_UUID;
  }

  /// How a mended payment must be shown: what the old service shows of it.
  static DuePayment due(V0Payment row, Instant takenAt) {
    V0Payment.Times times = row.times();
    long grace = V0Grace.of(row).length();
    boolean ended = times.expiry() <= takenAt.toEpochMilli();
    return new DuePayment(
        new PaymentId(row.id()),
        new DuePayment.Named(
            StoreNames.key(row).orElseThrow(),
            transaction(row),
            StoreNames.others(row),
            StoreNames.binding(row),
            plan(row)),
        new DuePayment.Times(
            Instant.ofEpochMilli(times.unredeemed()),
            row.owner() == null ? null : Instant.ofEpochMilli(times.redeemed()),
            Instant.ofEpochMilli(times.expiry()),
            Instant.ofEpochMilli(times.refundDeadline()),
            row.isRevoked() ? Instant.ofEpochMilli(times.revoked()) : null,
            V0Forecast.instant(times.refundRequested())),
        new DuePayment.Terms(
            row.renewal().renewing(), grace == 0 ? null : Duration.ofMillis(grace), null),
        status(row, ended),
        row.codes().status() == V0Payment.REDEEMED && ended);
  }

  /// Without the time until the next midnight in which the old service calls what ended redeemed.
  private static Payment.Status status(V0Payment row, boolean ended) {
    if (row.isRevoked()) {
      return Payment.Status.REVOKED;
    }
    return row.codes().status() == V0Payment.EXPIRED || ended
        ? Payment.Status.EXPIRED
        : Payment.Status.REDEEMED;
  }
}
