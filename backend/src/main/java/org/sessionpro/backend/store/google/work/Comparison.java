package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ruling;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.ledger.SubscriptionState;
import org.sessionpro.backend.ledger.Subscriptions;
import org.sessionpro.backend.store.google.Convergence;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.Fails;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.Convergence.Missing;
import org.sessionpro.backend.store.google.Convergence.Money;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.Convergence.Stale;
import org.sessionpro.backend.store.google.Convergence.Waits;
import org.sessionpro.backend.store.google.Known;
import org.sessionpro.backend.store.google.Occasion;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Masked;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.PurchaseToken;
import org.slf4j.Logger;

/// Carries out what follows from Google's record of a purchase: facts, further looks and an owed
/// acknowledgement in one transaction, which writes nothing if the item is no longer ours
/// (`google-play.md` §5.1).
final class Comparison {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  private final Subscriptions subscriptions;
  private final Inbox inbox;
  private final IdentifierMask mask;
  private final InstantSource clock;

  Comparison(Subscriptions subscriptions, Inbox inbox, IdentifierMask mask, InstantSource clock) {
    this.subscriptions = subscriptions;
    this.inbox = inbox;
    this.mask = mask;
    this.clock = clock;
  }

  /// What Google said about the purchase of an item.
  ///
  /// @param fetchedAt when it was asked
  /// @param related purchases whose payments and facts the judge needs
  /// @param judge pure
  /// @param named what an obstacle is about, as it stands in the record
  record Heard(
      Instant fetchedAt,
      Collection<PurchaseToken> related,
      BiFunction<Known, Occasion, Convergence> judge,
      Function<Obstacle, @Nullable String> named) {}

  /// Compares and records.
  Outcome compare(WorkHandler.Turn turn, Heard heard) {
    PurchaseToken token = new PurchaseToken(turn.claim().item().key());
    Instant now = clock.instant();
    Occasion occasion =
        new Occasion(
            token,
            turn.claim().seen().hintAt(),
            turn.claim().seen().firstAt(),
            heard.fetchedAt(),
            now.isBefore(heard.fetchedAt()) ? heard.fetchedAt() : now);
    return subscriptions
        .converge(
            SubscriptionKey.google(token),
            heard.related().stream().map(SubscriptionKey::google).toList(),
            inbox.fence(turn.claim()),
            known ->
                ruling(
                    heard.judge().apply(known(known), occasion),
                    known,
                    occasion,
                    awaitedOwner(turn.claim().item(), token, heard.related())),
            occasion.now())
        .map(verdict -> outcome(verdict, token, heard.named()))
        .orElseGet(Outcome.Unfinished::new);
  }

  private static Known known(KnownSubscription known) {
    return new Known(
        known.payments(),
        known.facts(),
        known.successors().stream()
            .map(one -> new PurchaseToken(one.value()))
            .collect(Collectors.toSet()),
        known.owners(),
        known.state().statedAt(),
        known.heldSince());
  }

  /// Notes that whoever owns the purchase so far, or one of those that it is related to, would own what
  /// the record names too.
  private InTransaction awaitedOwner(
      WorkItem item, PurchaseToken token, Collection<PurchaseToken> related) {
    return inbox.awaitingOwner(
        item,
        Stream.concat(Stream.of(token), related.stream())
            .distinct()
            .map(SubscriptionKey::google)
            .toList());
  }

  /// @param awaitingOwner written if nothing tells whose purchase it is
  private Ruling<Convergence> ruling(
      Convergence verdict,
      KnownSubscription known,
      Occasion occasion,
      InTransaction awaitingOwner) {
    return switch (verdict) {
      case Applied it ->
          new Ruling<>(
              it.statements(),
              it.facts(),
              state(it.state()),
              inbox.enqueueing(owed(it, known, occasion.token()), occasion.now()),
              Reading.COMPARED,
              verdict);
      case HeldLoss _ ->
          new Ruling<>(List.of(), List.of(), null, InTransaction.nothing(), Reading.HELD, verdict);
      case Parked(Obstacle obstacle, Money _) when obstacle == Obstacle.NO_OWNER ->
          new Ruling<>(List.of(), List.of(), null, awaitingOwner, Reading.UNUSED, verdict);
      case Waits _, Stale _, Fails _, Parked _ -> Ruling.nothing(verdict);
    };
  }

  private static @Nullable SubscriptionState state(Convergence.@Nullable SubscriptionState state) {
    return state == null
        ? null
        : new SubscriptionState(
            state.statedAt(),
            state.status() == null ? null : state.status().name(),
            state.next() == null ? null : state.next().value(),
            state.resumesAt(),
            null,
            state.linked() == null ? null : SubscriptionKey.google(state.linked()),
            state.test());
  }

  private static List<Owed> owed(Applied applied, KnownSubscription known, PurchaseToken token) {
    List<Owed> owed = new ArrayList<>();
    for (PurchaseToken other : applied.followUps()) {
      reconcile(other).map(Owed::unannounced).ifPresent(owed::add);
    }
    acknowledgement(applied, known, token).ifPresent(owed::add);
    return owed;
  }

  /// What Google waits for once all of this is recorded.
  private static Optional<Owed> acknowledgement(
      Applied applied, KnownSubscription known, PurchaseToken token) {
    Map<PaymentKey, Payment> payments = new HashMap<>();
    for (RegisteredPayment one : PurchaseWork.of(known.payments(), token)) {
      payments.put(one.payment().key(), one.payment());
    }
    for (Statement it : applied.statements()) {
      if (it.key().subscriptionKey().equals(SubscriptionKey.google(token))) {
        payments.compute(
            it.key(),
            (key, before) ->
                before == null ? Payment.replay(key, it.facts()) : before.apply(it.facts()));
      }
    }
    List<SubscriptionFact> facts =
        Stream.concat(PurchaseWork.facts(known, token).stream(), applied.facts().stream()).toList();
    boolean test = applied.state() == null ? known.state().test() : applied.state().test();
    return OwedAcknowledgement.of(token, payments.values(), facts, test);
  }

  /// Empty for a name that cannot be kept: it is no reason to give up what can.
  private static Optional<WorkItem> reconcile(PurchaseToken token) {
    try {
      return Optional.of(WorkItem.reconcile(token));
    } catch (IllegalArgumentException impossible) {
      LOG.error("a purchase refers to one whose name is none that a store gives");
      return Optional.empty();
    }
  }

  private Outcome outcome(
      Convergence verdict, PurchaseToken token, Function<Obstacle, @Nullable String> named) {
    return switch (verdict) {
      case Applied it -> {
        it.alarms().forEach(alarm -> tell(alarm, mask.of(token)));
        yield it.nextLook() == null
            ? new Outcome.Done()
            : new Outcome.Again(it.nextLook(), "the record may be behind a refund");
      }
      case Waits(Instant until, Missing missing) -> new Outcome.Waits(until, text(missing));
      case HeldLoss(Instant next) ->
          new Outcome.Waits(next, "the record may be behind what was heard");
      case Stale(Instant next) ->
          new Outcome.Waits(next, "it was asked for before what is known, or clocks differ");
      case Fails(Obstacle obstacle, Money money) ->
          new Outcome.Failed(ErrorClass.LOGIC, text(obstacle), cause(obstacle, named, money));
      case Parked(Obstacle obstacle, Money money) ->
          new Outcome.Parked(cause(obstacle, named, money), text(obstacle));
    };
  }

  private static String text(Missing missing) {
    return switch (missing) {
      case PAYMENT -> "it is not paid for yet";
      case ORDER -> "its record names nothing of ours that was paid for";
    };
  }

  private static Cause cause(
      Obstacle obstacle, Function<Obstacle, @Nullable String> named, Money money) {
    ParkReason reason =
        switch (obstacle) {
          case NO_OWNER -> ParkReason.NO_OWNER;
          case UNKNOWN_PLAN -> ParkReason.UNKNOWN_PLAN;
          case UNKNOWN_PRODUCT -> ParkReason.UNKNOWN_PRODUCT;
          case TEST_PURCHASE -> ParkReason.TEST_PURCHASE;
        };
    String name = named.apply(obstacle);
    String detail = name == null || name.isEmpty() ? null : name;
    return switch (money) {
      case Money.Refunded(Instant at) -> new Cause(reason, detail, at);
      case Money.Kept _ -> new Cause(reason, detail, null, true);
      case Money.Past _ -> new Cause(reason, detail);
    };
  }

  private static String text(Obstacle obstacle) {
    return switch (obstacle) {
      case NO_OWNER -> "nothing says whose purchase it is";
      case UNKNOWN_PLAN -> "its base plan is not in base_plans";
      case UNKNOWN_PRODUCT -> "its product is not in one_time_products";
      case TEST_PURCHASE -> "a licence tester bought it";
    };
  }

  private static void tell(Alarm alarm, Masked token) {
    switch (alarm) {
      case REVOKED_AGAINST_THE_RECORD ->
          LOG.error("{} was revoked an hour ago and Google's record does not say so", token);
      case FORMER_CYCLE_STATED ->
          LOG.error("the record of {} goes on naming an earlier order; it is left aside", token);
      case REFUNDED_WITHOUT_LOSS ->
          LOG.warn("the money of {} was given back, and the subscription goes on", token);
      case REFUNDED_IN_PART ->
          LOG.warn("a part of {} was given back, and its share of the time was taken away", token);
      case REFUNDED_IN_SOME_PART ->
          LOG.error(
              "a part of {} was given back, of several products, and nobody says which;"
                  + " its time stays as it was",
              token);
      case SEVERAL_ITEMS_OWNED ->
          LOG.warn("{} consists of several items that are ours; the furthest end counts", token);
      case UNKNOWN_STATE ->
          LOG.warn("{} is in a state that nobody has heard of; it counts as active", token);
      case NOT_ACKNOWLEDGED_IN_TIME ->
          LOG.error(Severity.CRITICAL, "Google took {} back because nobody acknowledged it", token);
    }
  }
}
