package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Entitlement;
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

  /// Compares some accounts, whose answers stand together.
  static List<AccountComparison> of(
      Pass.Some some, Target target, Prospect prospect, Overview overview) {
    List<AccountPlan> plans = some.plans();
    List<Optional<Answer>> answers =
        target
            .ledger()
            .together(it -> plans.stream().map(plan -> Answer.of(plan, it, prospect)).toList());
    List<AccountComparison> compared = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      AccountPlan plan = plans.get(i);
      compared.add(
          answers
              .get(i)
              .map(answer -> of(plan, answer, target, prospect, overview))
              .orElseGet(() -> unanswered(plan)));
    }
    return compared;
  }

  private static AccountComparison unanswered(AccountPlan plan) {
    List<String> differences = plan.account() == null ? List.of() : List.of("account");
    return new AccountComparison(plan, differences, List.of());
  }

  private static AccountComparison of(
      AccountPlan plan, Answer answer, Target target, Prospect prospect, Overview overview) {
    InheritedAccount account = plan.account();
    if (account == null) {
      return new AccountComparison(plan, List.of("account"), List.of());
    }
    List<String> differences = new ArrayList<>();
    List<Category> categories = new ArrayList<>();
    One one = new One(plan, account, answer, prospect, differences, categories);
    one.compare();
    if (overview.awaits(answer.key())) {
      one.touch(target, overview);
    }
    one.trouble(target, overview);
    return new AccountComparison(plan, differences, categories);
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
      List<String> differences,
      List<Category> categories) {

    void compare() {
      compareStanding(answer.account().entitlement());
      compareGeneration(answer.account());
      compareItems(answer.stored());
      check(
          "checkpoint",
          Objects.equals(answer.stored().account().creditsCheckpoint(), inherited.checkpoint()));
      check("payments_total", answer.stored().total() == plan.bound().size());
      History history = answer.history();
      if (history != null) {
        compareHistory(history);
      } else if (isProvenAfterTheEnd(answer.account())) {
        categories.add(Category.PROOF_GRID);
      }
    }

    private void check(String part, boolean equal) {
      if (!equal) {
        differences.add(part);
      }
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

    private void compareHistory(History history) {
      Optional<PaymentId> due =
          plan.bound().stream()
              .max(
                  Comparator.<DuePayment, Boolean>comparing(one -> !one.isRevoked())
                      .thenComparing(one -> one.times().purchased())
                      .thenComparing(DuePayment::id))
              .map(DuePayment::id);
      check("latest_payment", due.filter(history.latest()::equals).isPresent());
      check(
          "page",
          history.page().equals(plan.bound().stream().map(DuePayment::id).toList().reversed()));
    }

    private boolean isProvenAfterTheEnd(Account account) {
      Instant coverage = coverage(account);
      Instant now = prospect.takenAt();
      return !account.generation().isRevoked()
          && now.isAfter(coverage)
          && !ProofGrid.expiry(now, coverage, account.offset()).isBefore(now);
    }

    /// What an owner gets by asking for anything never takes time away.
    void touch(Target target, Overview overview) {
      Ledger.Details touched =
          target.imports().touched(target.ledger(), answer.key(), prospect.takenAt());
      if (touched == null) {
        return;
      }
      categories.addAll(prospect.boundByTouch(answer.key(), overview.awaited()));
      check("touched_coverage", !coverage(touched.account()).isBefore(coverage(answer.account())));
      check("touched_total", touched.total() > answer.details().total());
    }

    void trouble(Target target, Overview overview) {
      boolean due = isAnyOf(overview.due());
      if (due || isAnyOf(overview.told())) {
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
