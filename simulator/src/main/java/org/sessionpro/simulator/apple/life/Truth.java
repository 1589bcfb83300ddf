package org.sessionpro.simulator.apple.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.life.CycleTruth.Loss;
import org.sessionpro.simulator.apple.life.CycleTruth.Reason;
import org.sessionpro.simulator.apple.life.CycleTruth.Term;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Cycle.Revocation;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

/// The simulator's own answer to the question what each account is entitled to, at one moment: what a
/// server must have come to believe that has been told everything, and whose accounts have all asked for
/// what is theirs. Nothing of it stays hidden for long: the store's history shows every cycle ever paid.
///
/// @param subscriptions all that was bought, oldest first
public record Truth(List<SubscriptionTruth> subscriptions) {
  public Truth {
    subscriptions = List.copyOf(subscriptions);
  }

  /// The truth about a store now.
  public static Truth of(AppStore store) {
    return new Truth(store.subscriptions().stream().map(Truth::of).toList());
  }

  private static SubscriptionTruth of(Subscription one) {
    return new SubscriptionTruth(
        one.original(),
        one.ownership(),
        cycles(one),
        one.renewal().on() && one.renews(),
        one.newest().grace(),
        one.renews());
  }

  private static List<CycleTruth> cycles(Subscription one) {
    List<CycleTruth> cycles = new ArrayList<>();
    for (Cycle cycle : one.cycles()) {
      @Nullable CycleTruth before = cycles.isEmpty() ? null : cycles.getLast();
      cycles.add(
          new CycleTruth(
              cycle.ids().first(),
              cycle.ids().lineItem(),
              cycle.sale().product().id(),
              new Term(cycle.start(), cycle.term().until()),
              loss(cycle),
              cycle.token(),
              one.ownership() == Ownership.FAMILY_SHARED ? null : owner(cycle, before)));
    }
    return cycles;
  }

  /// That another cycle took its place beats that it was refunded as well (`decisions-stores.md` §2.1).
  private static @Nullable Loss loss(Cycle cycle) {
    Instant upgradedAt = cycle.standing().upgradedAt();
    Revocation revocation = cycle.revocation();
    if (upgradedAt != null) {
      return new Loss(upgradedAt, Reason.SUPERSEDED);
    }
    return revocation == null
        ? null
        : new Loss(
            revocation.at(),
            revocation.type().equals(Revocation.FAMILY) ? Reason.FAMILY : Reason.REFUND);
  }

  /// What follows upon an owned cycle belongs to the same account, unless somebody else bought it.
  private static @Nullable UUID owner(Cycle cycle, @Nullable CycleTruth before) {
    if (before == null || before.owner() == null) {
      return cycle.token();
    }
    if (cycle.reason() == Cycle.Reason.RENEWAL) {
      return before.owner();
    }
    Instant end = before.term().expiry();
    boolean follows = end != null && !cycle.start().isAfter(end);
    return cycle.token() == null && follows ? before.owner() : cycle.token();
  }

  /// What is true of a purchase; empty if there is none.
  public Optional<SubscriptionTruth> subscription(TransactionId original) {
    return subscriptions.stream().filter(one -> one.original().equals(original)).findFirst();
  }

  /// Until when subscriptions cover an account; empty if none ever did.
  ///
  /// @param owner its app account token
  /// @param allowance the server's own, past a term that renews
  public Optional<Instant> coverageEnd(UUID owner, Duration allowance) {
    return subscriptions.stream()
        .flatMap(one -> one.coverageEnd(owner, allowance).stream())
        .max(Comparator.naturalOrder());
  }
}
