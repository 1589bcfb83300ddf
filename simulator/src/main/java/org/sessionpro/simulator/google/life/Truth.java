package org.sessionpro.simulator.google.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.api.ReadLog;
import org.sessionpro.simulator.google.api.ReadLog.Reading;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.Origin;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Subscription;

/// The simulator's own answer to the question what each buyer is entitled to, at one moment: what a
/// server must have come to believe that has read every purchase after each of its changes.
///
/// A server that missed some may differ in what Play never showed it: cycles without
/// [CycleTruth#firstShownAt()], and terms of what was in its grace period when it was read first.
///
/// @param subscriptions oldest first
/// @param oneTimePurchases that were paid, oldest first
public record Truth(List<SubscriptionTruth> subscriptions, List<OneTimeTruth> oneTimePurchases) {
  public Truth {
    subscriptions = List.copyOf(subscriptions);
    oneTimePurchases = List.copyOf(oneTimePurchases);
  }

  /// The truth about a store now.
  ///
  /// @param reads what was shown of it
  public static Truth of(PlayStore store, ReadLog reads) {
    Map<PurchaseToken, Subscription> bought = new HashMap<>();
    store.subscriptions().forEach(one -> bought.put(one.token(), one));
    return new Truth(
        store.subscriptions().stream()
            .map(one -> of(one, owner(one, bought), reads.of(one.token())))
            .toList(),
        store.oneTimePurchases().stream().flatMap(one -> of(one).stream()).toList());
  }

  private static SubscriptionTruth of(
      Subscription one, @Nullable String owner, List<Reading> readings) {
    List<CycleTruth> cycles = one.cycles().stream().map(cycle -> of(cycle, one, readings)).toList();
    boolean upToDate = !readings.isEmpty() && readings.getLast().shown().equals(one);
    return new SubscriptionTruth(
        one.token(),
        owner,
        cycles,
        one.renewal().on() && one.newest().isPresent(),
        one.newest().map(newest -> grace(newest, one)).orElse(null),
        one.acknowledgement().isGiven(),
        upToDate);
  }

  private static CycleTruth of(Cycle cycle, Subscription one, List<Reading> readings) {
    return new CycleTruth(
        cycle.order(),
        cycle.sale().plan(),
        cycle.chargedAt(),
        expiry(cycle, one),
        cycle.revokedAt(),
        cycle.voidedAt(),
        firstShown(cycle.order(), readings));
  }

  /// What is taken back keeps the term that it was sold with; what ends otherwise ends then, but never
  /// later than it was paid for.
  private static Instant expiry(Cycle cycle, Subscription one) {
    boolean ended = cycle.revokedAt() == null && isNewest(cycle, one);
    return ended
            && one.phase() instanceof Expired expired
            && expired.at().isBefore(cycle.paidUntil())
        ? expired.at()
        : cycle.paidUntil();
  }

  private static boolean isNewest(Cycle cycle, Subscription one) {
    return one.newest().filter(cycle::equals).isPresent();
  }

  private static @Nullable Duration grace(Cycle newest, Subscription one) {
    Duration granted = newest.grace();
    if (granted == null
        || newest.revokedAt() != null
        || !(one.phase() instanceof Expired expired)) {
      return granted;
    }
    Duration served = Duration.between(newest.paidUntil(), expired.at());
    Duration least = granted.compareTo(served) < 0 ? granted : served;
    return least.isPositive() ? least : null;
  }

  private static @Nullable Instant firstShown(OrderId order, List<Reading> readings) {
    return readings.stream()
        .filter(
            reading -> reading.shown().newest().map(Cycle::order).filter(order::equals).isPresent())
        .map(Reading::at)
        .findFirst()
        .orElse(null);
  }

  /// The order of sources of `google-play.md` §4.3.
  private static @Nullable String owner(Subscription one, Map<PurchaseToken, Subscription> bought) {
    Origin origin = one.origin();
    if (origin.ids() != null) {
      return origin.ids().accountId();
    }
    OutOfApp outside = origin.outOfApp();
    if (outside != null && outside.expiredIds() != null) {
      return outside.expiredIds().accountId();
    }
    Subscription expired = outside == null ? null : bought.get(outside.expiredToken());
    Subscription former = expired == null ? bought.get(origin.linked()) : expired;
    return former == null ? null : owner(former, bought);
  }

  private static Optional<OneTimeTruth> of(OneTimePurchase one) {
    Instant completed = one.completedAt();
    return completed == null
        ? Optional.empty()
        : Optional.of(
            new OneTimeTruth(
                one.token(),
                one.order(),
                one.basket().product(),
                one.origin().ids() == null ? null : one.origin().ids().accountId(),
                one.basket().quantity() - one.refunded(),
                completed,
                one.acknowledgement().isGiven()));
  }

  public Optional<SubscriptionTruth> subscription(PurchaseToken token) {
    return subscriptions.stream().filter(one -> one.token().equals(token)).findFirst();
  }

  /// Until when subscriptions cover an account; empty if none ever did.
  ///
  /// @param owner its obfuscated account id
  /// @param allowance the server's own, past a term that renews
  public Optional<Instant> coverageEnd(String owner, Duration allowance) {
    return subscriptions.stream()
        .filter(one -> owner.equals(one.owner()))
        .flatMap(one -> one.coverageEnd(allowance).stream())
        .max(Comparator.naturalOrder());
  }
}
