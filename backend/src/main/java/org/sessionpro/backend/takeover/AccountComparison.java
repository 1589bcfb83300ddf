package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.MasterKey;

/// How an account is answered, beside how it must be.
///
/// @param differences parts of the answer that nothing explains
/// @param categories of differences that only the target shows
record AccountComparison(AccountPlan plan, List<String> differences, List<Category> categories) {
  /// As many items as an answer can have.
  private static final int MOST_ITEMS = 10_000;

  static AccountComparison of(
      AccountPlan plan, Target target, Ground ground, Set<String> troubled) {
    List<String> differences = new ArrayList<>();
    List<Category> categories = new ArrayList<>();
    if (plan.source().key().size() == MasterKey.SIZE) {
      MasterKey key = new MasterKey(plan.source().key());
      Optional<Ledger.Details> details = target.ledger().details(key, MOST_ITEMS, ground.takenAt());
      InheritedAccount account = plan.account();
      if (details.isPresent() != (account != null)) {
        differences.add("account");
      } else if (details.isPresent() && account != null) {
        One one = new One(plan, account, details.get(), ground, differences, categories);
        one.compare();
        one.touch(target.imports().touched(target.ledger(), key, ground.takenAt()));
        one.trouble(
            target.inbox().isInTrouble(() -> target.ledger().subscriptions().of(key)), troubled);
      }
    }
    return new AccountComparison(plan, differences, categories);
  }

  /// An account that is on both sides.
  private record One(
      AccountPlan plan,
      InheritedAccount inherited,
      Ledger.Details details,
      Ground ground,
      List<String> differences,
      List<Category> categories) {

    void compare() {
      Account account = details.account();
      compareStanding(account.entitlement());
      compareGeneration(account);
      compareItems();
      check("payments_total", details.total() == plan.bound().size());
      check("checkpoint", account.creditsCheckpoint() == null);
      if (isProvenAfterTheEnd(account)) {
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
      Instant coverage = entitlement.coverageEnd(ground.options().allowance());
      check("term", entitlement.expiry().equals(Instant.ofEpochMilli(due.term())));
      check("coverage", coverage.equals(Instant.ofEpochMilli(due.coverage())));
      check("auto_renewing", entitlement.renewing() == due.renewing());
      V0Payment winner = plan.forecast().winner();
      RegisteredPayment carrier = details.carrier();
      check("carrier", winner != null && carrier != null && carrier.id().value() == winner.id());
      check(
          "refund_requested",
          carrier != null
              && PaymentComparison.millis(carrier.payment().requests().refund().requestedAt())
                  == due.refundRequested());
    }

    private void compareGeneration(Account account) {
      Epoch due = inherited.epochs().getLast();
      check("tag", due.tag() == null || due.tag().equals(account.generation().tag()));
      check("revoked", sameInstant(due.revokedAt(), account.generation().revokedAt()));
    }

    private static boolean sameInstant(@Nullable Instant one, @Nullable Instant other) {
      return one == null ? other == null : one.equals(other);
    }

    private void compareItems() {
      List<V0Payment> due =
          plan.bound().stream()
              .sorted(
                  Comparator.<V0Payment>comparingLong(row -> row.times().unredeemed())
                      .thenComparingLong(V0Payment::id)
                      .reversed())
              .limit(MOST_ITEMS)
              .toList();
      check("items", due.size() == details.newest().size());
      boolean late = false;
      for (int i = 0; i < Math.min(due.size(), details.newest().size()); i++) {
        PaymentComparison.of(due.get(i), details.newest().get(i), ground.takenAt())
            .forEach(part -> differences.add("item_" + part));
        late |= isCalledRedeemed(due.get(i));
      }
      if (late) {
        categories.add(Category.ITEM_STATUS_LAG);
      }
    }

    /// The old service says so until the midnight after the end.
    private boolean isCalledRedeemed(V0Payment row) {
      return row.codes().status() == V0Payment.REDEEMED && row.times().expiry() <= ground.now();
    }

    private boolean isProvenAfterTheEnd(Account account) {
      Instant coverage = account.entitlement().coverageEnd(ground.options().allowance());
      return !account.generation().isRevoked()
          && ground.takenAt().isAfter(coverage)
          && !ProofGrid.expiry(ground.takenAt(), coverage, account.offset())
              .isBefore(ground.takenAt());
    }

    /// What an owner gets by asking for anything never takes time away.
    void touch(Ledger.@Nullable Details touched) {
      if (touched == null) {
        return;
      }
      categories.add(Category.CLAIM_ON_TOUCH);
      Instant before = details.account().entitlement().coverageEnd(ground.options().allowance());
      Instant after = touched.account().entitlement().coverageEnd(ground.options().allowance());
      check("touched_coverage", !after.isBefore(before));
      check("touched_total", touched.total() > details.total());
    }

    void trouble(boolean told, Set<String> troubled) {
      boolean due =
          plan.bound().stream()
              .anyMatch(row ->
                  troubled.contains(row.codes().provider() + ":" + V0Fold.subscription(row)));
      check("error_report", told == due);
    }
  }
}
