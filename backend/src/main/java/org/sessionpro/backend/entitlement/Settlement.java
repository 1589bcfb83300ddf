package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;

/// Brings an account into agreement with its payments (`entitlement.md` §6.3): reckons how they
/// stand, and decides whether a generation is issued and an offset drawn.
public final class Settlement {
  /// A later expiry redraws the offset only from this much on, so that jitter in a store's instants
  /// does not narrow the offset for an observer (`entitlement.md` §9.3).
  static final Duration REDRAW_TOLERANCE = Duration.ofHours(1);

  private final RenewalAllowance allowance;

  public Settlement(RenewalAllowance allowance) {
    this.allowance = allowance;
  }

  /// What a settlement decided; the caller stores it.
  ///
  /// @param account the account as it now stands
  /// @param accountFacts in the order in which they happened
  /// @param charges one for each credit whose rest changed, or the instant at which it ran out
  public record Settled(
      Account account, List<AccountFact> accountFacts, Map<PaymentId, CreditCharged> charges) {}

  /// How payments stand at an instant, with credits charged from `since` on; nothing is decided.
  ///
  /// @param payments bound to one account
  /// @param since up to when credits were charged so far; null if there was no live credit
  public Reckoning reckon(
      Collection<RegisteredPayment> payments, @Nullable Instant since, Instant at) {
    return Reckoning.of(payments, since, at, allowance);
  }

  /// The first settlement of an account, with its first payments.
  ///
  /// @param payments bound to it; at least one
  public Settled open(
      AccountId id, Collection<RegisteredPayment> payments, Draws draws, Instant now) {
    Reckoning reckoned = reckon(payments, null, now);
    AccountFact.GenerationIssued issued = new AccountFact.GenerationIssued(1, draws.tag(), now);
    AccountFact.OffsetDrawn drawn = new AccountFact.OffsetDrawn(draws.offset(), now);
    Account account =
        new Account(
            id,
            Generation.issued(issued),
            reckoned.entitlementOr(now),
            reckoned.folded().carrier(),
            drawn.offset(),
            reckoned.checkpoint(),
            ProofCounters.NONE);
    return new Settled(account, List.of(issued, drawn), reckoned.charges());
  }

  /// Settles an account whose payments or generation changed: a revoked generation gives way to a new
  /// one if anything is usable.
  ///
  /// @param payments all that are bound to it, as they are after the change
  public Settled settle(
      Account before, Collection<RegisteredPayment> payments, Draws draws, Instant now) {
    Reckoning reckoned = reckon(payments, before.creditsCheckpoint(), now);
    boolean issues = reckoned.folded().usable() != null && before.generation().isRevoked();
    return settled(before, reckoned, issues, draws);
  }

  /// As [#settle], but a revoked generation stays, whatever is usable.
  public Settled recompute(
      Account before, Collection<RegisteredPayment> payments, Draws draws, Instant now) {
    return settled(before, reckon(payments, before.creditsCheckpoint(), now), false, draws);
  }

  private static Settled settled(Account before, Reckoning reckoned, boolean issues, Draws draws) {
    Instant now = reckoned.at();
    Account account = reckoned.account(before);
    List<AccountFact> facts = new ArrayList<>();
    if (issues) {
      facts.add(
          new AccountFact.GenerationIssued(before.generation().ordinal() + 1, draws.tag(), now));
    }
    if (issues || isExtended(before.entitlement(), account.entitlement())) {
      facts.add(new AccountFact.OffsetDrawn(draws.offset(), now));
    }
    for (AccountFact fact : facts) {
      account = account.apply(fact);
    }
    return new Settled(account, facts, reckoned.charges());
  }

  private static boolean isExtended(Entitlement before, Entitlement after) {
    return !after.expiry().isBefore(before.expiry().plus(REDRAW_TOLERANCE));
  }

  /// Where coverage ends by these payments, once credits are charged up to now; null if nothing ever
  /// covered.
  @Nullable Instant coverageEnd(Collection<RegisteredPayment> payments, Instant now) {
    Entitlement best = reckon(payments, now, now).folded().best();
    return best == null ? null : best.coverageEnd(allowance);
  }

  /// As [#coverageEnd], by what is not revoked.
  @Nullable Instant usableCoverageEnd(Collection<RegisteredPayment> payments, Instant now) {
    Entitlement usable = reckon(payments, now, now).folded().usable();
    return usable == null ? null : usable.coverageEnd(allowance);
  }
}
