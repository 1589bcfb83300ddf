package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.LedgerImport;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.TransactionId;

/// How a payment is shown, beside how it must be: what the old service shows of its row as it was
/// mended.
final class PaymentComparison {
  private PaymentComparison() {}

  /// The parts that differ.
  static List<String> of(V0Payment row, RegisteredPayment shown, Instant now) {
    List<String> differences = new ArrayList<>();
    Payment payment = shown.payment();
    V0Payment.Times times = row.times();
    check(differences, "id", shown.id().value() == row.id());
    check(differences, "names", isNamed(row, payment));
    check(
        differences, "plan", payment.witnessed().product().plan().equals(PaymentMapping.plan(row)));
    check(differences, "auto_renewing", payment.isRenewing() == row.renewal().renewing());
    check(differences, "purchased", millis(shown.purchasedAt()) == times.unredeemed());
    check(differences, "expiry", millis(payment.terms().expiry()) == times.expiry());
    check(
        differences,
        "refund_deadline",
        millis(payment.witnessed().refundDeadline()) == times.refundDeadline());
    Losses.Revocation revocation = payment.revocation();
    check(
        differences,
        "revoked",
        (revocation == null ? 0 : millis(revocation.at())) == times.revoked()
            && (revocation != null) == row.isRevoked());
    check(
        differences,
        "refund_requested",
        millis(payment.requests().refund().requestedAt()) == times.refundRequested());
    check(differences, "grace", length(payment.terms().grace()) == V0Grace.of(row).length());
    if (row.owner() != null) {
      Payment.Owner owner = payment.owner();
      check(
          differences, "redeemed", owner != null && millis(owner.redeemedAt()) == times.redeemed());
      check(differences, "status", payment.statusAt(now) == status(row, now));
    }
    return differences;
  }

  /// The parts of a payment that waits for its owner that differ.
  static List<String> ofUnclaimed(V0Payment row, LedgerImport target, Instant now) {
    Optional<RegisteredPayment> found = target.payment(new PaymentId(row.id()));
    if (found.isEmpty()) {
      return List.of("unclaimed");
    }
    List<String> differences = new ArrayList<>(of(row, found.get(), now));
    Payment payment = found.get().payment();
    check(differences, "owner", payment.owner() == null);
    check(differences, "claimable", payment.isUnclaimed() == !row.isRevoked());
    check(
        differences,
        "binding",
        Objects.equals(payment.witnessed().binding(), StoreNames.binding(row)));
    return differences;
  }

  private static void check(List<String> differences, String part, boolean equal) {
    if (!equal) {
      differences.add(part);
    }
  }

  private static boolean isNamed(V0Payment row, Payment payment) {
    V0Payment.Ids ids = row.ids();
    TransactionId transaction = payment.witnessed().transaction();
    return payment.key().provider().v0Number() == row.codes().provider()
        && payment.key().subscription().equals(V0Fold.subscription(row))
        && switch (payment.key().provider()) {
          case GOOGLE_PLAY -> payment.key().cycle().equals(ids.googleOrder());
          case APP_STORE ->
              payment.key().appleLineItem().value().equals(ids.appleLineItem())
                  && transaction != null
                  && transaction.value().equals(ids.appleTransaction());
          case STF -> true;
        };
  }

  /// Without the time until the next midnight in which the old service calls what ended redeemed.
  private static Payment.Status status(V0Payment row, Instant now) {
    if (row.isRevoked()) {
      return Payment.Status.REVOKED;
    }
    boolean ended =
        row.codes().status() == V0Payment.EXPIRED || row.times().expiry() <= now.toEpochMilli();
    return ended ? Payment.Status.EXPIRED : Payment.Status.REDEEMED;
  }

  /// 0 for none.
  static long millis(@Nullable Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli();
  }

  private static long length(@Nullable Duration length) {
    return length == null ? 0 : length.toMillis();
  }
}
