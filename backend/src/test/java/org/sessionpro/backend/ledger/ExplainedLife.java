package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Explainer;
import org.sessionpro.backend.entitlement.Explanation;
import org.sessionpro.backend.entitlement.Explanation.ListingTimes;
import org.sessionpro.backend.entitlement.Explanation.ProofAnswer;
import org.sessionpro.backend.entitlement.Explanation.Result;
import org.sessionpro.backend.entitlement.Explanation.Rule;
import org.sessionpro.backend.entitlement.Knowledge;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.MasterKey;

/// Watches one customer's life: at every moment the explanation says what is stored, and at the end
/// every moment of the past can be explained as it was.
final class ExplainedLife {
  private static final Duration LATER = Duration.ofDays(17);

  /// Proofs in seven days.
  private static final long LIMIT = 3;

  private static final Explainer EXPLAINER =
      new Explainer(
          RenewalAllowance.DEFAULT,
          LIMIT,
          new ListingTimes(Duration.ofHours(26), Duration.ofDays(31)));

  private final LedgerFixture it;
  private final MasterKey owner;
  private final String name;
  private final List<Moment> moments = new ArrayList<>();

  /// @param at our clock
  private record Moment(Instant at, Account stored) {}

  ExplainedLife(LedgerFixture it, MasterKey owner, String name) {
    this.it = it;
    this.owner = owner;
    this.name = name;
  }

  /// Compares the account as it is now.
  void look(Instant now) {
    AccountHistory history = history();
    if (history == null) {
      return;
    }
    assertExplained(history.known(), history.stored());
    assertAnswered(history, now);
    assertAnswered(history, now.plus(LATER));
    it.ledger.countProof(owner, history.stored(), now, LIMIT);
    if (lastLearned(history).equals(now)) {
      // Nothing that is learned later at the same instant counts as the past.
      moments.removeIf(moment -> moment.at().equals(now));
      moments.add(new Moment(now, history.stored()));
    }
  }

  void assertThePastCanBeExplained() {
    AccountHistory history = history();
    if (history != null) {
      for (Moment moment : moments) {
        assertExplained(history.asOf(moment.at()), moment.stored());
      }
    }
  }

  private void assertExplained(Knowledge known, Account stored) {
    Instant at = known.settledAt();
    Explanation explained = EXPLAINER.explain(known, at);
    Result result = Objects.requireNonNull(explained.result());
    if (result.rule() instanceof Rule.NothingCounts) {
      // It ended when that was found, which is no fact.
      assertThat(stored.entitlement().expiry()).as(name).isBeforeOrEqualTo(at);
    } else {
      assertThat(result.entitlement()).as(name).isEqualTo(stored.entitlement());
    }
    assertThat(result.checkpoint()).as(name).isEqualTo(stored.creditsCheckpoint());
    assertThat(known.generations().getLast()).as(name).isEqualTo(stored.generation());
    assertThat(known.offset()).as(name).isEqualTo(stored.offset());
  }

  /// The explanation says of an instant what a request of that instant is answered.
  private void assertAnswered(AccountHistory history, Instant at) {
    Explanation explained = EXPLAINER.explain(history.known(), at);
    Result result = Objects.requireNonNull(explained.result());
    Account answered = it.ledger.account(owner, at).orElseThrow();
    assertThat(result.entitlement()).as(name).isEqualTo(answered.entitlement());
    assertThat(explained.proof().getClass()).as(name).isEqualTo(proof(answered, at));
  }

  private static Class<? extends ProofAnswer> proof(Account account, Instant at) {
    if (account.generation().isRevoked()) {
      return ProofAnswer.Revoked.class;
    }
    Instant end = account.entitlement().coverageEnd(RenewalAllowance.DEFAULT);
    if (at.isAfter(ProofGrid.expiry(at, end, account.offset()))) {
      return ProofAnswer.Expired.class;
    }
    return account.counters().issue(at, account.entitlement().expiry(), LIMIT).isPresent()
        ? ProofAnswer.Issued.class
        : ProofAnswer.RateLimited.class;
  }

  private @Nullable AccountHistory history() {
    return switch (it.ledger.inspection().find(Sought.of(owner.hex()))) {
      case Found.OneAccount(AccountHistory history, _, _) -> history;
      case Found.Unclaimed _, Found.SeveralAccounts _, Found.Nothing _ -> null;
    };
  }

  private static Instant lastLearned(AccountHistory history) {
    Instant last = history.facts().getLast().at();
    for (var payment : history.payments()) {
      for (Learned<?> fact : payment.facts()) {
        last = fact.at().isAfter(last) ? fact.at() : last;
      }
    }
    return last;
  }
}
