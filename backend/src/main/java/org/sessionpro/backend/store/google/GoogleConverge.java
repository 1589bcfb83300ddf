package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.Fails;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.Convergence.SubscriptionState;
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
    if (resource.notes().test() && !catalogue.acceptsTestPurchases() && known.of(token).isEmpty()) {
      return new Parked(Obstacle.TEST_PURCHASE);
    }
    List<LineItem> owned =
        resource.lineItems().stream().filter(item -> isOwned(item)).sorted(FURTHEST_FIRST).toList();
    if (owned.isEmpty()) {
      return occasion.waiting();
    }
    return new Look(resource, owned, known, occasion).converge();
  }

  private boolean isOwned(LineItem item) {
    return item.order() != null
        && item.expiry() != null
        && catalogue.subscription().equals(item.product());
  }

  /// What follows from Google's word that a subscription has been over for 60 days: its losses are
  /// confirmed, its terms stay, and nothing is owed to Google any more.
  public Convergence gone(Known known, Occasion occasion) {
    Draft draft = new Draft(known.payments());
    Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
    if (new LossRule(occasion.token(), known.before(occasion.token()), known)
        .apply(draft, true, false)) {
      alarms.add(Alarm.NOT_ACKNOWLEDGED_IN_TIME);
    }
    CycleWriter.acknowledged(draft, occasion);
    return new Applied(
        draft.statements(), List.of(), twins(draft, known, occasion.token()), null, alarms);
  }

  /// The purchases that show the same money as a payment of this one that has changed.
  private static Set<PurchaseToken> twins(Draft draft, Known known, PurchaseToken token) {
    boolean shared =
        draft.statements().stream()
            .flatMap(statement -> draft.find(statement.key()).stream())
            .anyMatch(payment -> payment.hidden() && isOf(payment, token));
    return shared ? known.successors() : Set.of();
  }

  private static boolean isOf(Payment payment, PurchaseToken token) {
    return payment.key().subscriptionKey().equals(SubscriptionKey.google(token));
  }

  /// One record and what is known, while they are brought together.
  private final class Look {
    private final SubscriptionResource resource;
    private final LineItem item;
    private final PaymentKey key;
    private final Known known;
    private final Occasion occasion;
    private final Draft draft;
    private final Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);

    /// @param owned the furthest first; not empty
    Look(SubscriptionResource resource, List<LineItem> owned, Known known, Occasion occasion) {
      this.resource = resource;
      this.item = owned.getFirst();
      this.known = known;
      this.occasion = occasion;
      this.draft = new Draft(known.payments());
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
      Optional<Payment> cycle = draft.find(key);
      if (cycle.isEmpty()) {
        Obstacle obstacle = obstacle();
        if (obstacle != null) {
          return obstacle == Obstacle.UNKNOWN_PLAN ? new Fails(obstacle) : new Parked(obstacle);
        }
      }
      LossRule losses = new LossRule(occasion.token(), resource.linked(), known);
      Optional<Instant> held = heldLoss(losses, cycle);
      if (held.isPresent()) {
        return new HeldLoss(held.get());
      }
      if (cycle.isPresent() && !draft.isNewest(cycle.get(), occasion.token())) {
        return new Applied(List.of(), List.of(), Set.of(), null, Set.of(Alarm.FORMER_CYCLE_STATED));
      }
      apply(losses, cycle);
      return applied();
    }

    /// Why a cycle that is not known yet cannot become known; null if it can.
    private @Nullable Obstacle obstacle() {
      if (item.basePlan() == null || !catalogue.basePlans().containsKey(item.basePlan())) {
        return Obstacle.UNKNOWN_PLAN;
      }
      return attribution().isEmpty() ? Obstacle.NO_OWNER : null;
    }

    private Optional<Attribution> attribution() {
      return Attribution.of(resource, occasion.token(), known);
    }

    /// When to look again because the record may be behind, or ahead of what is known: it goes on
    /// entitling after a revocation, it ends what something unknown took the place of, or it names a
    /// cycle that is over.
    private Optional<Instant> heldLoss(LossRule losses, Optional<Payment> cycle) {
      boolean contradicted = !isOver() && losses.isRevocationOwed(draft, cycle.isEmpty());
      boolean former = cycle.isPresent() && !draft.isNewest(cycle.get(), occasion.token());
      return contradicted || former || isCutByUnknown(cycle)
          ? occasion.secondLook()
          : Optional.empty();
    }

    private boolean isCutByUnknown(Optional<Payment> cycle) {
      return isOver()
          && resource.notes().replaced()
          && known.successors().isEmpty()
          && cycle.filter(Payment::isStanding).filter(this::isCut).isPresent();
    }

    private boolean isCut(Payment cycle) {
      Instant expiry = cycle.terms().expiry();
      Instant stated = item.expiry();
      return expiry != null && stated != null && stated.isBefore(expiry);
    }

    private boolean isOver() {
      return resource.state() == State.EXPIRED;
    }

    /// Losses come first, so that what is taken back keeps the term that was sold; what has just
    /// become known meets them afterwards.
    private void apply(LossRule losses, Optional<Payment> cycle) {
      applyLosses(losses);
      if (cycle.isEmpty()) {
        Attribution owner = attribution().orElseThrow();
        cycles.witness(
            draft, new CycleWriter.Sale(key, plan(), item, owner), resource, known, occasion);
        applyLosses(losses);
      } else if (!isStale()) {
        cycles.restate(draft, key, item, resource.state(), occasion.fetchedAt());
      }
      cycles.endRenewalOfFormer(draft, key, occasion.fetchedAt());
      cycles.acknowledge(draft, resource, occasion);
    }

    private Plan plan() {
      return Optional.ofNullable(catalogue.basePlans().get(item.basePlan())).orElseThrow();
    }

    private void applyLosses(LossRule losses) {
      boolean overdue = !isOver() && losses.isRevocationOwed(draft, false);
      if (overdue) {
        alarms.add(Alarm.REVOKED_AGAINST_THE_RECORD);
      }
      if (losses.apply(draft, isOver(), overdue)) {
        alarms.add(Alarm.NOT_ACKNOWLEDGED_IN_TIME);
      }
    }

    /// Whether something newer than this record was understood before.
    private boolean isStale() {
      return known.statedAt() != null && occasion.fetchedAt().isBefore(known.statedAt());
    }

    private Applied applied() {
      Set<PurchaseToken> followUps = new HashSet<>(twins(draft, known, occasion.token()));
      List<SubscriptionFact> facts =
          link().filter(link -> !link.addsNothingTo(known.factsOf(occasion.token()))).stream()
              .<SubscriptionFact>map(link -> link)
              .toList();
      if (!facts.isEmpty() && resource.linked() != null) {
        followUps.add(resource.linked());
      }
      return new Applied(draft.statements(), facts, followUps, state(), alarms);
    }

    private Optional<Linked> link() {
      Instant at = resource.startTime() == null ? occasion.fetchedAt() : resource.startTime();
      return Optional.ofNullable(resource.linked())
          .map(before -> new Linked(SubscriptionKey.google(before), at));
    }

    private @Nullable SubscriptionState state() {
      return isStale()
          ? null
          : new SubscriptionState(
              occasion.fetchedAt(),
              resource.state(),
              resource.notes().next(),
              resource.notes().resumesAt(),
              resource.linked(),
              resource.notes().test());
    }
  }
}
