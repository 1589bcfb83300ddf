package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.Waiting;

/// The columns by which payments are known in every table.
///
/// @param ids how identifiers are shown
/// @param named the payments that bear the name that was asked for
record PaymentColumns(ShownIds ids, Set<PaymentId> named) {

  /// A row that begins with which payment it is about.
  Report row(RegisteredPayment one) {
    Payment payment = one.payment();
    return Report.empty()
        .number("id", one.id().value())
        .flag("asked", named.contains(one.id()))
        .text("subscription", ids.subscription(payment.key()))
        .text("cycle", ids.cycle(payment))
        .text("provider", payment.key().provider().code())
        .text("plan", payment.witnessed().product().plan().code());
  }

  /// The row of a payment without owner.
  Report row(Waiting waiting) {
    Payment payment = waiting.payment().payment();
    Losses.Revocation revocation = payment.revocation();
    return row(waiting.payment())
        .text("waits_for", FactWords.code(waiting.what()))
        .moment("purchased_ts", payment.witnessed().purchasedAt())
        .moment("expiry_ts", payment.terms().expiry())
        .moment("revoked_ts", revocation == null ? null : revocation.at())
        .text("acknowledgement", FactWords.code(payment.requests().acknowledgement()));
  }

  /// How a payment stands at an instant (`entitlement.md` §5.3).
  static String status(Payment payment, Instant at) {
    Instant expiry = payment.terms().expiry();
    if (payment.revocation() != null) {
      return "revoked";
    }
    if (payment.owner() == null) {
      return "pending";
    }
    return expiry != null && !at.isBefore(expiry) ? "expired" : "redeemed";
  }

  /// A payment's number, or nothing.
  static Report number(Report report, String name, @Nullable PaymentId id) {
    return id == null ? report.absent(name) : report.number(name, id.value());
  }
}
