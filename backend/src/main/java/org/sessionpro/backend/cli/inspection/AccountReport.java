package org.sessionpro.backend.cli.inspection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Agreement;
import org.sessionpro.backend.entitlement.Difference;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.Explanation;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.Requests;
import org.sessionpro.backend.ledger.StatedSubscription;
import org.sessionpro.backend.ledger.SubscriptionState;
import org.sessionpro.protocol.v1.UserStatus;

/// What `pro account show` prints: what is stored about an account, and where that differs from its
/// facts.
///
/// @param ids how identifiers are shown
/// @param now our clock
record AccountReport(
    RenewalAllowance allowance, ShownIds ids, PaymentColumns columns, Instant now) {
  /// The members of an account that is not there.
  private static final List<String> ABSENT =
      List.of(
          "expiry_ts",
          "coverage_end_ts",
          "auto_renewing",
          "store_grace_duration",
          "carrier",
          "credits_checkpoint_ts",
          "generation",
          "proof_offset_duration",
          "proofs_total",
          "proofs_window",
          "proofs_late",
          "proofs_window_start_ts");

  /// The report of an account, or with the same members of what nobody owns.
  ///
  /// @param account null if nobody owns what was found
  /// @param explained the same, as it is now
  /// @param stated what the stores say of its subscriptions
  Report of(
      @Nullable AccountHistory account, Explanation explained, List<StatedSubscription> stated) {
    return withStores(of(account, explained), stated);
  }

  private Report of(@Nullable AccountHistory account, Explanation explained) {
    if (account == null) {
      return withTables(nobody(), List.of(), explained, List.of());
    }
    List<RegisteredPayment> payments =
        account.payments().stream().map(PaymentHistory::stored).toList();
    Report report = withProofs(withEntitlement(head(account), account.stored()), account.stored());
    return withTables(report, payments, explained, differences(account));
  }

  private static Report nobody() {
    Report report = Report.empty().absent("account").text("user_status", UserStatus.NEVER.code());
    for (String name : ABSENT) {
      report = report.absent(name);
    }
    return report;
  }

  private Report head(AccountHistory history) {
    boolean active = history.stored().isActiveAt(now, allowance);
    UserStatus status = active ? UserStatus.ACTIVE : UserStatus.EXPIRED;
    return Report.empty()
        .text("account", ids.of(history.owner()))
        .text("user_status", (history.payments().isEmpty() ? UserStatus.NEVER : status).code());
  }

  private Report withEntitlement(Report report, Account account) {
    Entitlement entitlement = account.entitlement();
    Report term =
        report
            .moment("expiry_ts", entitlement.expiry(), now)
            .moment("coverage_end_ts", entitlement.coverageEnd(allowance), now)
            .flag("auto_renewing", entitlement.renewing())
            .span("store_grace_duration", entitlement.grace());
    return PaymentColumns.number(term, "carrier", account.carrier())
        .moment("credits_checkpoint_ts", account.creditsCheckpoint(), now);
  }

  private Report withProofs(Report report, Account account) {
    ProofCounters counters = account.counters();
    return report
        .number("generation", account.generation().ordinal())
        .span("proof_offset_duration", Duration.ofSeconds(account.offset().seconds()))
        .number("proofs_total", counters.total())
        .number("proofs_window", counters.window())
        .number("proofs_late", counters.pastExpiry())
        .moment("proofs_window_start_ts", counters.windowStart(), now);
  }

  private Report withTables(
      Report report,
      List<RegisteredPayment> payments,
      Explanation explained,
      List<Report> differences) {
    return report
        .rows("payments", columns.identities(payments, explained))
        .rows("terms", payments.stream().map(this::terms).toList())
        .rows("dealings", payments.stream().map(AccountReport::dealings).toList())
        .rows("generations", GenerationRows.of(explained, ids))
        .rows("waiting", explained.waiting().stream().map(PaymentColumns::waiting).toList())
        .rows("differences", differences);
  }

  private Report withStores(Report report, List<StatedSubscription> stated) {
    return report
        .rows("subscriptions", stated.stream().map(this::subscription).toList())
        .rows("remarks", stated.stream().flatMap(this::remarks).toList());
  }

  private Report subscription(StatedSubscription one) {
    SubscriptionState state = one.state();
    return text(
            text(Report.empty().text("subscription", ids.of(one.key())), "state", state.status()),
            "next_product",
            state.nextProduct())
        .moment("stated_ts", state.statedAt())
        .moment("resume_ts", state.resumesAt())
        .moment("reconciled_ts", one.reconciledAt())
        .flag("test", state.test());
  }

  private Stream<Report> remarks(StatedSubscription subscription) {
    return subscription.remarks().stream()
        .map(one ->
            Report.empty()
                .text("subscription", ids.of(subscription.key()))
                .text("remark", one.remark().code())
                .text("value", one.remark().identifies() ? ids.message(one.value()) : one.value())
                .moment("remarked_ts", one.at()));
  }

  private static Report text(Report report, String name, @Nullable String text) {
    return text == null ? report.absent(name) : report.text(name, text);
  }

  private Report terms(RegisteredPayment one) {
    Payment payment = one.payment();
    Payment.Terms terms = payment.terms();
    Payment.Credit credit = payment.credit();
    return Report.empty()
        .number("id", one.id().value())
        .text("status", PaymentColumns.status(payment, now))
        .moment("purchased_ts", payment.witnessed().purchasedAt())
        .moment("expiry_ts", terms.expiry())
        .flag("auto_renewing", payment.isRenewing())
        .span("store_grace_duration", terms.grace())
        .span("granted_duration", credit == null ? null : credit.granted())
        .span("remaining_duration", credit == null ? null : credit.remaining());
  }

  /// What passed between the payment, its owner and its store.
  private static Report dealings(RegisteredPayment one) {
    Payment payment = one.payment();
    Payment.Owner owner = Objects.requireNonNull(payment.owner());
    Losses.Revocation revocation = payment.revocation();
    Requests requests = payment.requests();
    Instant deadline = payment.witnessed().refundDeadline();
    Report report =
        Report.empty()
            .number("id", one.id().value())
            .text("source", FactWords.code(payment.witnessed().source()))
            .moment("redeemed_ts", owner.redeemedAt())
            .text("redeemed_how", FactWords.code(owner.how()))
            .moment("refund_deadline_ts", deadline.equals(Instant.EPOCH) ? null : deadline)
            .text("acknowledgement", FactWords.code(requests.acknowledgement()))
            .moment("refund_requested_ts", requests.refund().requestedAt())
            .moment("revoked_ts", revocation == null ? null : revocation.at());
    return revocation == null
        ? report.absent("revoked_for")
        : report.text("revoked_for", FactWords.code(revocation.reason()));
  }

  private List<Report> differences(AccountHistory history) {
    List<Report> rows = new ArrayList<>();
    for (PaymentHistory payment : history.payments()) {
      String name = "payment " + payment.id().value();
      Agreement.ofPayment(payment).forEach(found -> rows.add(difference(name, found)));
    }
    new Agreement(allowance)
        .ofAccount(history)
        .forEach(found -> rows.add(difference("account", found)));
    return rows;
  }

  private static Report difference(String of, Difference found) {
    return Report.empty()
        .text("of", of)
        .text("part", found.part())
        .text("stored", found.stored())
        .text("replayed", found.expected());
  }
}
