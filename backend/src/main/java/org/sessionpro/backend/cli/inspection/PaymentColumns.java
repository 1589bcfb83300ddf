package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Explanation;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.Waiting;

/// The columns that both commands have of payments.
///
/// @param ids how identifiers are shown
/// @param named the payments that bear the name that was asked for
record PaymentColumns(ShownIds ids, Set<PaymentId> named) {

  /// Which payment it is.
  private Report identity(RegisteredPayment one) {
    Payment payment = one.payment();
    return Report.empty()
        .number("id", one.id().value())
        .flag("asked", named.contains(one.id()))
        .text("subscription", ids.subscription(payment.key()))
        .text("cycle", ids.cycle(payment))
        .text("provider", payment.key().provider().code())
        .text("plan", payment.witnessed().product().plan().code());
  }

  /// Which payments a report is about: those of the account, then those without owner.
  List<Report> identities(List<RegisteredPayment> bound, Explanation explained) {
    return Stream.concat(bound.stream(), explained.waiting().stream().map(Waiting::payment))
        .map(this::identity)
        .toList();
  }

  /// Those of the account and those without owner that still run, or all of them.
  ///
  /// @param account as it is shown; null if nobody owns what was found
  Report running(Inspected found, @Nullable String account, boolean all, Instant now) {
    AccountHistory history = found.account();
    List<Report> rows =
        Stream.concat(
                history == null ? Stream.empty() : history.payments().stream(),
                found.unclaimed().stream())
            .map(PaymentHistory::stored)
            .filter(one -> all || isRunning(one.payment(), now))
            .map(one -> line(one, now))
            .toList();
    Report report =
        account == null
            ? Report.empty().absent("account")
            : Report.empty().text("account", account);
    return report.rows("payments", rows);
  }

  private static boolean isRunning(Payment payment, Instant now) {
    Instant expiry = payment.terms().expiry();
    return payment.isStanding() && (expiry == null || now.isBefore(expiry));
  }

  private Report line(RegisteredPayment one, Instant now) {
    Payment payment = one.payment();
    Payment.Credit credit = payment.credit();
    return Report.empty()
        .number("id", one.id().value())
        .text("subscription", ids.subscription(payment.key()))
        .text("cycle", ids.cycle(payment))
        .text("provider", payment.key().provider().code())
        .text("plan", payment.witnessed().product().plan().code())
        .text("status", status(payment, now))
        .moment("purchased_ts", payment.witnessed().purchasedAt())
        .moment("expiry_ts", payment.terms().expiry())
        .flag("auto_renewing", payment.isRenewing())
        .span("remaining_duration", credit == null ? null : credit.remaining());
  }

  /// What a payment without owner waits for.
  static Report waiting(Waiting waiting) {
    Payment payment = waiting.payment().payment();
    Losses.Revocation revocation = payment.revocation();
    return Report.empty()
        .number("id", waiting.payment().id().value())
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
