package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.CreditSchedule.Consumed;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;

/// Brings an account into agreement with its payments (`entitlement.md` §6.3): charges credits up
/// to now, folds, and issues a generation where one is due.
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

  /// The first settlement of an account, with its first payments.
  ///
  /// @param payments bound to it; at least one
  public Settled open(
      AccountId id, Collection<RegisteredPayment> payments, Draws draws, Instant now) {
    Charged charged = charge(payments, null, now);
    AccountFact.GenerationIssued issued = new AccountFact.GenerationIssued(1, draws.tag(), now);
    AccountFact.OffsetDrawn drawn = new AccountFact.OffsetDrawn(draws.offset(), now);
    Account account =
        new Account(
            id,
            Generation.issued(issued),
            bestOf(charged.folded(), endingAt(now)),
            charged.folded().carrier(),
            drawn.offset(),
            charged.checkpoint(),
            ProofCounters.NONE);
    return new Settled(account, List.of(issued, drawn), charged.charges());
  }

  /// Settles an account whose payments or generation changed: a revoked generation gives way to a new
  /// one if anything is usable.
  ///
  /// @param payments all that are bound to it, as they are after the change
  public Settled settle(
      Account before, Collection<RegisteredPayment> payments, Draws draws, Instant now) {
    Charged charged = charge(payments, before.creditsCheckpoint(), now);
    boolean issues = charged.folded().usable() != null && before.generation().isRevoked();
    return settled(before, charged, issues, draws, now);
  }

  /// As [#settle], but a revoked generation stays, whatever is usable.
  public Settled recompute(
      Account before, Collection<RegisteredPayment> payments, Draws draws, Instant now) {
    return settled(before, charge(payments, before.creditsCheckpoint(), now), false, draws, now);
  }

  private static Settled settled(
      Account before, Charged charged, boolean issues, Draws draws, Instant now) {
    // What ended stays ended when it was.
    Instant ended = before.entitlement().expiry();
    Entitlement best = bestOf(charged.folded(), endingAt(ended.isBefore(now) ? ended : now));
    Account account = before.with(best, charged.folded().carrier(), charged.checkpoint());
    List<AccountFact> facts = new ArrayList<>();
    if (issues) {
      facts.add(
          new AccountFact.GenerationIssued(before.generation().ordinal() + 1, draws.tag(), now));
    }
    if (issues || isExtended(before.entitlement(), best)) {
      facts.add(new AccountFact.OffsetDrawn(draws.offset(), now));
    }
    for (AccountFact fact : facts) {
      account = account.apply(fact);
    }
    return new Settled(account, facts, charged.charges());
  }

  /// Where coverage ends by these payments, once credits are charged up to now; null if nothing ever
  /// covered.
  @Nullable Instant coverageEnd(Collection<RegisteredPayment> payments, Instant now) {
    Entitlement best = charge(payments, now, now).folded().best();
    return best == null ? null : best.coverageEnd(allowance);
  }

  /// As [#coverageEnd], by what is not revoked.
  @Nullable Instant usableCoverageEnd(Collection<RegisteredPayment> payments, Instant now) {
    Entitlement usable = charge(payments, now, now).folded().usable();
    return usable == null ? null : usable.coverageEnd(allowance);
  }

  /// The entitlement of an account that nothing entitles to anything.
  private static Entitlement endingAt(Instant end) {
    return new Entitlement(end, null, false);
  }

  private static Entitlement bestOf(Folded folded, Entitlement otherwise) {
    Entitlement best = folded.best();
    return best == null ? otherwise : best;
  }

  private static boolean isExtended(Entitlement before, Entitlement after) {
    return !after.expiry().isBefore(before.expiry().plus(REDRAW_TOLERANCE));
  }

  /// The payments as they stand at `at`: credits charged up to then, whatever was stored last.
  public List<RegisteredPayment> asOf(Instant at, Collection<RegisteredPayment> payments) {
    return charge(payments, at, at).payments();
  }

  private record Charged(
      List<RegisteredPayment> payments,
      Folded folded,
      @Nullable Instant checkpoint,
      Map<PaymentId, CreditCharged> charges) {}

  private Charged charge(
      Collection<RegisteredPayment> payments, @Nullable Instant checkpoint, Instant now) {
    Map<PaymentId, Consumed> consumed = CreditSchedule.consumedBy(now, payments, allowance);
    Map<PaymentId, CreditCharged> charges = new LinkedHashMap<>();
    List<RegisteredPayment> after = new ArrayList<>();
    for (RegisteredPayment one : payments) {
      Consumed used = consumed.get(one.id());
      Payment.Credit credit = one.payment().credit();
      if (used == null || credit == null) {
        after.add(one);
        continue;
      }
      Duration due = used.amount().minus(credit.granted().minus(credit.remaining()));
      if (due.isZero() && Objects.equals(used.spentAt(), one.payment().terms().expiry())) {
        after.add(one);
        continue;
      }
      Instant from = checkpoint == null ? now : checkpoint;
      CreditCharged charge = new CreditCharged(from, now, due, used.spentAt());
      charges.put(one.id(), charge);
      after.add(one.apply(charge));
    }
    boolean live =
        after.stream().anyMatch(p -> p.payment().isLiveCredit() && p.payment().isStanding());
    Instant reached = live ? now : null;
    return new Charged(after, EntitlementFold.fold(after, reached, allowance), reached, charges);
  }
}
