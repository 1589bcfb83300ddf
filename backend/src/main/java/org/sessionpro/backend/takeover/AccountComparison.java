package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;

/// How an account is answered, beside how it must be.
///
/// @param differences parts of the answer that nothing explains
/// @param categories of differences that only the target shows
record AccountComparison(AccountPlan plan, List<String> differences, List<Category> categories) {
  /// As many items as an answer can have.
  private static final int MOST_ITEMS = 10_000;

  /// What is known of the target as a whole, so that only those are asked for it whom it concerns.
  ///
  /// @param awaited whose payments wait for them
  /// @param told subscriptions of which the target tells trouble
  /// @param due those of which it must
  record Overview(Set<Binding> awaited, Set<SubscriptionKey> told, Set<SubscriptionKey> due) {
    static Overview of(Target target, Prospect prospect) {
      return new Overview(
          target.imports().awaited(), target.inbox().inTrouble(), prospect.troubled());
    }

    boolean awaits(MasterKey key) {
      return !Collections.disjoint(awaited, OwnerIds.of(key).all());
    }
  }

  static AccountComparison of(
      AccountPlan plan, Target target, Prospect prospect, Overview overview) {
    List<String> differences = new ArrayList<>();
    List<Category> categories = new ArrayList<>();
    if (plan.key().size() == MasterKey.SIZE) {
      MasterKey key = new MasterKey(plan.key());
      Optional<Ledger.Details> details =
          target.ledger().details(key, MOST_ITEMS, prospect.takenAt());
      InheritedAccount account = plan.account();
      if (details.isPresent() != (account != null)) {
        differences.add("account");
      } else if (details.isPresent() && account != null) {
        Answer answer = new Answer(target, key, details.get());
        One one = new One(plan, account, answer, prospect, differences, categories);
        one.compare();
        if (overview.awaits(key)) {
          one.touch();
        }
        one.trouble(overview);
      }
    }
    return new AccountComparison(plan, differences, categories);
  }

  /// What the target answers.
  ///
  /// @param details at the instant of the run
  private record Answer(Target target, MasterKey key, Ledger.Details details) {
    Account account() {
      return details.account();
    }
  }

  /// An account that is on both sides.
  private record One(
      AccountPlan plan,
      InheritedAccount inherited,
      Answer answer,
      Prospect prospect,
      List<String> differences,
      List<Category> categories) {

    void compare() {
      compareStanding(answer.account().entitlement());
      compareGeneration(answer.account());
      Ledger.Details stored = asStored();
      compareItems(stored);
      check(
          "checkpoint",
          Objects.equals(stored.account().creditsCheckpoint(), inherited.checkpoint()));
      check("payments_total", stored.total() == plan.bound().size());
      if (prospect.provesOnTheGrid()) {
        comparePages();
      } else if (isProvenAfterTheEnd(answer.account())) {
        categories.add(Category.PROOF_GRID);
      }
    }

    private void check(String part, boolean equal) {
      if (!equal) {
        differences.add(part);
      }
    }

    /// As the account was when its credits were charged last, which the old service shows until the
    /// next time.
    private Ledger.Details asStored() {
      Instant checkpoint = inherited.checkpoint();
      return checkpoint == null
          ? answer.details()
          : answer.target().ledger().details(answer.key(), MOST_ITEMS, checkpoint).orElseThrow();
    }

    private void compareStanding(Entitlement entitlement) {
      Standing due = plan.forecast().after();
      check("term", entitlement.expiry().equals(due.term()));
      check("coverage", coverage(answer.account()).equals(due.coverage()));
      check("auto_renewing", entitlement.renewing() == due.renewing());
      RegisteredPayment carrier = answer.details().carrier();
      check(
          "carrier",
          Objects.equals(carrier == null ? null : carrier.id(), plan.forecast().winner()));
      Instant asked = carrier == null ? null : carrier.payment().requests().refund().requestedAt();
      check("refund_requested", Objects.equals(asked, due.refundRequested()));
    }

    private Instant coverage(Account account) {
      return account.entitlement().coverageEnd(prospect.options().allowance());
    }

    private void compareGeneration(Account account) {
      Epoch due = inherited.epochs().getLast();
      check("tag", due.tag() == null || due.tag().equals(account.generation().tag()));
      check("revoked", Objects.equals(due.revokedAt(), account.generation().revokedAt()));
      check("offset", inherited.offset() == null || inherited.offset().equals(account.offset()));
      check("proofs_issued", inherited.counters().equals(account.counters()));
    }

    private void compareItems(Ledger.Details stored) {
      List<DuePayment> due =
          plan.bound().stream()
              .sorted(
                  Comparator.<DuePayment, Instant>comparing(one -> one.times().purchased())
                      .thenComparing(DuePayment::id)
                      .reversed())
              .limit(MOST_ITEMS)
              .toList();
      check("items", due.size() == stored.newest().size());
      boolean lags = false;
      for (int i = 0; i < Math.min(due.size(), stored.newest().size()); i++) {
        RegisteredPayment shown = stored.newest().get(i);
        PaymentComparison.of(due.get(i), shown, shown.payment().statusAt(prospect.takenAt()))
            .forEach(part -> differences.add("item_" + part));
        lags |= due.get(i).lagging();
      }
      if (lags) {
        categories.add(Category.ITEM_STATUS_LAG);
      }
    }

    /// What only the newer protocol shows: what was bought last, and pages of the history.
    private void comparePages() {
      Ledger ledger = answer.target().ledger();
      PaymentId latest =
          ledger.status(answer.key(), prospect.takenAt()).orElseThrow().latest().id();
      Optional<PaymentId> due =
          plan.bound().stream()
              .max(
                  Comparator.<DuePayment, Boolean>comparing(one -> !one.isRevoked())
                      .thenComparing(one -> one.times().purchased())
                      .thenComparing(DuePayment::id))
              .map(DuePayment::id);
      check("latest_payment", due.filter(latest::equals).isPresent());
      List<PaymentId> page =
          ledger
              .page(answer.key(), null, MOST_ITEMS, prospect.takenAt())
              .orElseThrow()
              .payments()
              .stream()
              .map(RegisteredPayment::id)
              .toList();
      check("page", page.equals(plan.bound().stream().map(DuePayment::id).toList().reversed()));
    }

    private boolean isProvenAfterTheEnd(Account account) {
      Instant coverage = coverage(account);
      Instant now = prospect.takenAt();
      return !account.generation().isRevoked()
          && now.isAfter(coverage)
          && !ProofGrid.expiry(now, coverage, account.offset()).isBefore(now);
    }

    /// What an owner gets by asking for anything never takes time away.
    void touch() {
      Ledger.Details touched =
          answer
              .target()
              .imports()
              .touched(answer.target().ledger(), answer.key(), prospect.takenAt());
      if (touched == null) {
        return;
      }
      Category why = prospect.boundByTouch(answer.key());
      if (why != null) {
        categories.add(why);
      }
      check("touched_coverage", !coverage(touched.account()).isBefore(coverage(answer.account())));
      check("touched_total", touched.total() > answer.details().total());
    }

    void trouble(Overview overview) {
      boolean due = isAnyOf(overview.due());
      if (due || isAnyOf(overview.told())) {
        Target target = answer.target();
        boolean told =
            target.inbox().isInTrouble(() -> target.ledger().subscriptions().of(answer.key()));
        check("error_report", told == due);
      }
    }

    private boolean isAnyOf(Set<SubscriptionKey> subscriptions) {
      return plan.bound().stream()
          .anyMatch(one -> subscriptions.contains(one.named().key().subscriptionKey()));
    }
  }
}
