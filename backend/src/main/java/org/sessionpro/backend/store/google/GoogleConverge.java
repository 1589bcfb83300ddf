package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.Fails;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.Convergence.Money;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.Convergence.Stale;
import org.sessionpro.backend.store.google.Convergence.SubscriptionState;
import org.sessionpro.backend.store.google.LossRule.Recorded;
import org.sessionpro.backend.store.google.SubscriptionResource.LineItem;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// Makes facts out of Google's record of a purchase and what is known of it already
/// (`google-play.md` §5, §6, `decisions-stores.md` §2.1, §3.1).
///
/// Pure, and idempotent: the same record again, after what followed from it was recorded, yields no
/// fact. In which order records and notifications arrive does not matter for how payments end up.
public final class GoogleConverge {
  /// How long buyers can ask Google itself for their money back.
  static final Duration REFUND_WINDOW = Duration.ofDays(2);

  private static final Comparator<LineItem> FURTHEST_FIRST =
      Comparator.comparing(
          LineItem::expiry, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));

  private final Catalogue catalogue;
  private final CycleWriter cycles;

  /// @param continuation says when a purchase goes on from the one before it
  public GoogleConverge(Catalogue catalogue, Continuation continuation) {
    this.catalogue = catalogue;
    this.cycles = new CycleWriter(continuation);
  }

  /// What follows from the present record of a subscription.
  public Convergence subscription(SubscriptionResource resource, Known known, Occasion occasion) {
    PurchaseToken token = occasion.token();
    if (resource.state() == State.PENDING_PURCHASE_CANCELED) {
      return Applied.followedBy(resource.linked() == null ? Set.of() : Set.of(resource.linked()));
    }
    if (resource.notes().foreign() && known.of(token).isEmpty()) {
      return Applied.NOTHING;
    }
    if (resource.notes().test() && !catalogue.acceptsTestPurchases() && known.of(token).isEmpty()) {
      return new Parked(Obstacle.TEST_PURCHASE, new Money.Past());
    }
    List<LineItem> owned =
        resource.lineItems().stream()
            .filter(GoogleConverge::isOwned)
            .sorted(FURTHEST_FIRST)
            .toList();
    if (owned.isEmpty()) {
      return new Unstated(known, occasion).unowned(resource);
    }
    return new Look(resource, owned, known, occasion).converge();
  }

  private static boolean isOwned(LineItem item) {
    return item.order() != null && item.expiry() != null;
  }

  /// What follows from Google's word that a subscription has been over for 60 days: its losses are
  /// confirmed, its terms stay, and nothing is owed to Google any more.
  public Convergence gone(Known known, Occasion occasion) {
    return new Unstated(known, occasion).gone();
  }

  /// How the cycle that a record names is known.
  private sealed interface Sighting {}

  /// It is not, and it cannot become known.
  private record Unusable(Obstacle obstacle) implements Sighting {}

  /// It is not known yet.
  private record First(Plan plan, Attribution owner) implements Sighting {}

  /// It is the newest one.
  private record Current(Payment cycle) implements Sighting {}

  /// Another one came after it.
  private record Former() implements Sighting {}

  /// One record and what is known, while they are brought together.
  private final class Look {
    private final SubscriptionResource resource;
    private final LineItem item;
    private final PaymentKey key;
    private final Known known;
    private final Occasion occasion;
    private final Draft draft;
    private final LossRule losses;
    private final Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
    private @Nullable Instant nextLook;

    /// @param owned the furthest first; not empty
    Look(SubscriptionResource resource, List<LineItem> owned, Known known, Occasion occasion) {
      this.resource = resource;
      this.item = owned.getFirst();
      this.known = known;
      this.occasion = occasion;
      this.draft = new Draft(known.payments());
      this.losses = new LossRule(occasion.token(), resource.linked(), known);
      OrderId order = item.order();
      if (order == null) {
        throw new IllegalArgumentException("only what is owned has a cycle");
      }
      this.key = PaymentKey.google(occasion.token(), order);
      if (owned.size() > 1) {
        alarms.add(Alarm.SEVERAL_ITEMS_OWNED);
      }
      if (resource.state() == State.UNSPECIFIED) {
        alarms.add(Alarm.UNKNOWN_STATE);
      }
    }

    Convergence converge() {
      return switch (sighting()) {
        case Unusable(Obstacle obstacle) -> {
          Money money = isOver() ? new Money.Past() : occasion.money(resource.acknowledged());
          yield obstacle == Obstacle.UNKNOWN_PLAN
              ? new Fails(obstacle, money)
              : new Parked(obstacle, money);
        }
        case First first -> held(isContradicted(true)).orElseGet(() -> witness(first));
        case Current(Payment cycle) ->
            stale()
                .or(() -> held(isContradicted(false) || isCutByUnknown(cycle)))
                .orElseGet(isBehind() ? this::bearLosses : this::restate);
        case Former _ -> stale().or(() -> held(true)).orElseGet(this::setAside);
      };
    }

    private Sighting sighting() {
      Optional<Payment> cycle = draft.find(key);
      if (cycle.isPresent()) {
        return draft.isNewest(cycle.get(), occasion.token())
            ? new Current(cycle.get())
            : new Former();
      }
      Plan plan = item.basePlan() == null ? null : catalogue.basePlans().get(item.basePlan());
      if (plan == null) {
        return new Unusable(Obstacle.UNKNOWN_PLAN);
      }
      return Attribution.of(resource, occasion.token(), known)
          .<Sighting>map(owner -> new First(plan, owner))
          .orElseGet(() -> new Unusable(Obstacle.NO_OWNER));
    }

    /// A record that may be behind, or ahead of what is known, is set aside for a while: it goes on
    /// entitling after a revocation, it ends what something unknown took the place of, or it names a
    /// cycle that is over.
    private Optional<Convergence> held(boolean doubtful) {
      return doubtful
          ? occasion.secondLook(known.heldSince()).<Convergence>map(HeldLoss::new)
          : Optional.empty();
    }

    private boolean isContradicted(boolean unknownCycle) {
      return !isOver() && losses.isRevocationOwed(draft, unknownCycle);
    }

    private boolean isCutByUnknown(Payment cycle) {
      return isOver()
          && resource.notes().replaced()
          && known.successors().isEmpty()
          && cycle.isStanding()
          && statedBefore(cycle.terms().expiry()) != null;
    }

    /// The stated end if that is earlier than the one that is known; else null.
    private @Nullable Instant statedBefore(@Nullable Instant end) {
      Instant stated = item.expiry();
      return end != null && stated != null && stated.isBefore(end) ? stated : null;
    }

    private boolean isOver() {
      return resource.state() == State.EXPIRED;
    }

    /// Whether a newer record was read. What is read under a lease is newer than all that was read under
    /// those before it, so only the clocks can say otherwise.
    private boolean isBehind() {
      return known.statedAt() != null && occasion.fetchedAt().isBefore(known.statedAt());
    }

    /// The record is read once more when that helps; a clock that was ahead by more than clocks may
    /// differ is not waited for.
    private Optional<Convergence> stale() {
      Instant newest = known.statedAt();
      return newest != null && isBehind() && !newest.isAfter(occasion.now().plus(Leases.MAX_SKEW))
          ? Optional.of(new Stale(newest.plus(1, ChronoUnit.MICROS)))
          : Optional.empty();
    }

    /// The new cycle comes before the losses, so that one it has followed counts as consumed and not as
    /// the newest.
    private Applied witness(First first) {
      cycles.witness(
          draft,
          new CycleWriter.Sale(key, first.plan(), item, first.owner()),
          resource,
          known,
          occasion);
      applyLosses(recorded());
      Set<PurchaseToken> followUps = new HashSet<>(known.successors());
      followUps.addAll(settled());
      return applied(followUps, isBehind() ? null : state());
    }

    /// Losses come first, so that what is taken back keeps the term that was sold.
    private Applied restate() {
      applyLosses(recorded());
      cycles.restate(draft, key, item, resource.state(), occasion.fetchedAt());
      return applied(settled(), state());
    }

    /// Losses count at any age, and nothing else of an old record does (`decisions-stores.md` §4).
    private Applied bearLosses() {
      applyLosses(recorded());
      return unstated();
    }

    /// A record that goes on naming a cycle that is over tells nothing of the present one, but that all
    /// of it is over if it says so. What was revoked stays revoked in any case.
    private Applied setAside() {
      alarms.add(Alarm.FORMER_CYCLE_STATED);
      applyLosses(isOver() ? new Recorded.Over(null) : new Recorded.Nothing());
      return unstated();
    }

    private Applied unstated() {
      return new Applied(
          draft.statements(),
          List.of(),
          CycleWriter.twins(draft, known, occasion.token()),
          null,
          alarms,
          nextLook);
    }

    /// Why a subscription ended early that was replaced the record says itself.
    private Recorded recorded() {
      if (!isOver()) {
        return new Recorded.GoesOn();
      }
      Payment cycle = draft.find(key).orElse(null);
      return new Recorded.Over(
          cycle == null || resource.notes().replaced()
              ? null
              : statedBefore(cycle.terms().lastEnd()));
    }

    private void applyLosses(Recorded recorded) {
      if (!isOver() && losses.isRevocationOwed(draft, false)) {
        alarms.add(Alarm.REVOKED_AGAINST_THE_RECORD);
      }
      alarms.addAll(losses.apply(draft, recorded));
      if (recorded instanceof Recorded.GoesOn) {
        watchRefund();
      }
    }

    /// A record that goes on after a refund of its cycle may be behind one that took the cycle away. For
    /// an hour from the refund it is asked for again, while all that it says is taken as it is.
    private void watchRefund() {
      Payment cycle = draft.find(key).orElseThrow();
      Instant refund = cycle.losses().voidedAt();
      if (refund == null || !cycle.isStanding()) {
        return;
      }
      nextLook = occasion.secondLook(refund).orElse(null);
      if (nextLook == null && (isNews(cycle) || wasWatched(refund))) {
        alarms.add(Alarm.REFUNDED_WITHOUT_LOSS);
      }
    }

    private boolean isNews(Payment cycle) {
      return known.of(occasion.token()).stream()
          .map(RegisteredPayment::payment)
          .noneMatch(one -> one.key().equals(key) && one.losses().equals(cycle.losses()));
    }

    /// Whether the last record was read while the refund was watched.
    private boolean wasWatched(Instant refund) {
      return known.statedAt() != null
          && known.statedAt().isBefore(refund.plus(Occasion.LAST_SECOND_LOOK));
    }

    /// What follows for the other cycles, and the purchases that are worth a look then.
    private Set<PurchaseToken> settled() {
      cycles.endRenewalOfFormer(draft, key);
      CycleWriter.hideTwins(draft, resource.linked(), occasion);
      cycles.acknowledge(draft, resource, occasion);
      return CycleWriter.twins(draft, known, occasion.token());
    }

    private Applied applied(Set<PurchaseToken> others, @Nullable SubscriptionState state) {
      Set<PurchaseToken> followUps = new HashSet<>(others);
      List<SubscriptionFact> facts =
          link().filter(link -> !link.addsNothingTo(known.factsOf(occasion.token()))).stream()
              .<SubscriptionFact>map(link -> link)
              .toList();
      if (!facts.isEmpty() && resource.linked() != null) {
        followUps.add(resource.linked());
      }
      return new Applied(draft.statements(), facts, followUps, state, alarms, nextLook);
    }

    private Optional<Linked> link() {
      Instant at = resource.startTime() == null ? occasion.fetchedAt() : resource.startTime();
      return Optional.ofNullable(resource.linked())
          .map(before -> new Linked(SubscriptionKey.google(before), at));
    }

    private SubscriptionState state() {
      return new SubscriptionState(
          occasion.fetchedAt(),
          resource.state(),
          resource.notes().next(),
          resource.notes().resumesAt(),
          resource.linked(),
          resource.notes().test());
    }
  }
}
