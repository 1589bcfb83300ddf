package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.LedgerImport;

/// How a payment is shown, beside how it must be.
final class PaymentComparison {
  private PaymentComparison() {}

  /// The parts that differ.
  ///
  /// @param status what is said of the payment
  static List<String> of(DuePayment due, RegisteredPayment shown, Payment.Status status) {
    List<String> differences = new ArrayList<>();
    Payment payment = shown.payment();
    DuePayment.Times times = due.times();
    Payment.Credit credit = payment.credit();
    check(differences, "id", shown.id().equals(due.id()));
    check(differences, "names", isNamed(due.named(), payment));
    check(differences, "auto_renewing", payment.isRenewing() == due.terms().renewing());
    check(differences, "purchased", shown.purchasedAt().equals(times.purchased()));
    check(differences, "expiry", Objects.equals(payment.terms().expiry(), times.expiry()));
    check(
        differences,
        "refund_deadline",
        payment.witnessed().refundDeadline().equals(times.refundDeadline()));
    Losses.Revocation revocation = payment.revocation();
    check(
        differences,
        "revoked",
        Objects.equals(revocation == null ? null : revocation.at(), times.revoked()));
    check(
        differences,
        "refund_requested",
        Objects.equals(payment.requests().refund().requestedAt(), times.refundRequested()));
    check(differences, "grace", Objects.equals(payment.terms().grace(), due.terms().grace()));
    check(
        differences,
        "credit",
        Objects.equals(credit == null ? null : credit.remaining(), due.terms().credit()));
    if (due.isBound()) {
      Payment.Owner owner = payment.owner();
      check(differences, "redeemed", owner != null && owner.redeemedAt().equals(times.redeemed()));
      check(differences, "status", status == due.status());
    }
    return differences;
  }

  /// The parts of a payment that waits for its owner that differ.
  static List<String> ofUnclaimed(DuePayment due, LedgerImport target) {
    Optional<RegisteredPayment> found = target.payment(due.id());
    if (found.isEmpty()) {
      return List.of("unclaimed");
    }
    List<String> differences = new ArrayList<>(of(due, found.get(), due.status()));
    Payment payment = found.get().payment();
    check(differences, "owner", payment.owner() == null);
    check(differences, "aliases", NameComparison.of(target, List.of(due)).isRight(due));
    check(differences, "claimable", payment.isUnclaimed() == !due.isRevoked());
    check(
        differences,
        "binding",
        Objects.equals(payment.witnessed().binding(), due.named().binding()));
    return differences;
  }

  private static void check(List<String> differences, String part, boolean equal) {
    if (!equal) {
      differences.add(part);
    }
  }

  private static boolean isNamed(DuePayment.Named named, Payment payment) {
    return payment.key().equals(named.key())
        && Objects.equals(payment.witnessed().transaction(), named.transaction())
        && payment.witnessed().product().plan().equals(named.plan());
  }
}
