package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Answers;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;

/// How an account is answered, beside how it must be.
///
/// @param differences parts of the answer that nothing explains
/// @param shifts differences that only the target shows, with their names
/// @param losses the rules by which somebody who is served ends earlier, where only the target shows it
record AccountComparison(
    AccountPlan plan, List<String> differences, List<Forecast.Shift> shifts, Set<Category> losses) {
  /// As many items as an answer can have.
  static final int MOST_ITEMS = 10_000;

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
  }

  /// Compares some accounts, whose answers stand together.
  static List<AccountComparison> of(
      Pass.Some some, Target target, Prospect prospect, Overview overview) {
    List<AccountPlan> plans = some.plans();
    List<Optional<Answer>> answers =
        target
            .ledger()
            .together(it -> plans.stream().map(plan -> Answer.of(plan, it, prospect)).toList());
    NameComparison names =
        NameComparison.of(
            target.imports(),
            plans.stream().map(AccountPlan::bound).flatMap(List::stream).toList());
    List<AccountComparison> compared = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      compared.add(of(plans.get(i), answers.get(i), names, target, prospect, overview));
    }
    return compared;
  }

  private static AccountComparison of(
      AccountPlan plan,
      Optional<Answer> answer,
      NameComparison names,
      Target target,
      Prospect prospect,
      Overview overview) {
    AnswerParts parts = new AnswerParts();
    List<Forecast.Shift> shifts = new ArrayList<>();
    InheritedAccount account = plan.account();
    parts.check("account", answer.isPresent() == (account != null));
    if (account != null && answer.isPresent()) {
      One one = new One(plan, account, answer.get(), prospect, parts, shifts);
      one.compare();
      parts.check("item_aliases", plan.bound().stream().allMatch(names::isRight));
      one.trouble(target, overview);
    }
    List<String> differences = new ArrayList<>(parts.differing());
    Set<Category> losses = EnumSet.noneOf(Category.class);
    if (plan.key().size() == MasterKey.SIZE) {
      TouchedComparison touched =
          new TouchedComparison(plan, new MasterKey(plan.key()), target, prospect);
      differences.addAll(touched.compare(overview.awaited(), shifts, losses));
    }
    return new AccountComparison(plan, differences, shifts, losses);
  }

  /// What the target answers.
  ///
  /// @param details at the instant of the run
  /// @param stored as of when its credits were charged last, which the old service shows until the next
  ///     time
  /// @param history null where only the newer protocol has it
  private record Answer(
      MasterKey key, Ledger.Details details, Ledger.Details stored, @Nullable History history) {
    static Optional<Answer> of(AccountPlan plan, Answers answers, Prospect prospect) {
      if (plan.key().size() != MasterKey.SIZE) {
        return Optional.empty();
      }
      MasterKey key = new MasterKey(plan.key());
      InheritedAccount account = plan.account();
      Instant checkpoint = account == null ? null : account.checkpoint();
      return answers
          .details(key, MOST_ITEMS, prospect.takenAt())
          .map(details ->
              new Answer(
                  key,
                  details,
                  checkpoint == null
                      ? details
                      : answers.details(key, MOST_ITEMS, checkpoint).orElseThrow(),
                  prospect.provesOnTheGrid()
                      ? History.of(key, answers, prospect.takenAt())
                      : null));
    }

    Account account() {
      return details.account();
    }
  }

  /// What only the newer protocol shows.
  ///
  /// @param latest what was bought last
  /// @param page the numbers of a page
  private record History(PaymentId latest, List<PaymentId> page) {
    static History of(MasterKey key, Answers answers, Instant at) {
      return new History(
          answers.status(key, at).orElseThrow().latest().id(),
          answers.page(key, null, MOST_ITEMS, at).orElseThrow().payments().stream()
              .map(RegisteredPayment::id)
              .toList());
    }
  }

  /// An account that is on both sides.
  private record One(
      AccountPlan plan,
      InheritedAccount inherited,
      Answer answer,
      Prospect prospect,
      AnswerParts parts,
      List<Forecast.Shift> shifts) {

    void compare() {
      parts.checkStanding(plan.forecast(), answer.details(), prospect.options().allowance());
      compareGeneration(answer.account());
      parts.checkItems(plan.bound(), answer.stored(), MOST_ITEMS, prospect.takenAt());
      if (plan.bound().stream().anyMatch(DuePayment::lagging)) {
        shifts.add(new Forecast.Shift(Category.ITEM_STATUS_LAG, 0));
      }
      parts.check(
          "checkpoint",
          Objects.equals(answer.stored().account().creditsCheckpoint(), inherited.checkpoint()));
      History history = answer.history();
      if (history != null) {
        compareHistory(history);
      } else if (isProvenAfterTheEnd(answer.account())) {
        shifts.add(new Forecast.Shift(Category.PROOF_GRID, 0));
      }
    }

    private void compareGeneration(Account account) {
      Epoch due = inherited.epochs().getLast();
      parts.check("tag", due.tag() == null || due.tag().equals(account.generation().tag()));
      parts.check("revoked", Objects.equals(due.revokedAt(), account.generation().revokedAt()));
      parts.check(
          "offset", inherited.offset() == null || inherited.offset().equals(account.offset()));
      parts.check("proofs_issued", inherited.counters().equals(account.counters()));
    }

    private void compareHistory(History history) {
      Optional<PaymentId> due =
          plan.bound().stream()
              .max(
                  Comparator.<DuePayment, Boolean>comparing(one -> !one.isRevoked())
                      .thenComparing(one -> one.times().purchased())
                      .thenComparing(DuePayment::id))
              .map(DuePayment::id);
      parts.check("latest_payment", due.filter(history.latest()::equals).isPresent());
      parts.check(
          "page",
          history.page().equals(plan.bound().stream().map(DuePayment::id).toList().reversed()));
    }

    private boolean isProvenAfterTheEnd(Account account) {
      Instant coverage = account.entitlement().coverageEnd(prospect.options().allowance());
      Instant now = prospect.takenAt();
      return !account.generation().isRevoked()
          && now.isAfter(coverage)
          && !ProofGrid.expiry(now, coverage, account.offset()).isBefore(now);
    }

    void trouble(Target target, Overview overview) {
      boolean due = isAnyOf(overview.due());
      if (due || isAnyOf(overview.told())) {
        boolean told =
            target.inbox().isInTrouble(() -> target.ledger().subscriptions().of(answer.key()));
        parts.check("error_report", told == due);
      }
    }

    private boolean isAnyOf(Set<SubscriptionKey> subscriptions) {
      return plan.bound().stream()
          .anyMatch(one -> subscriptions.contains(one.named().key().subscriptionKey()));
    }
  }
}
