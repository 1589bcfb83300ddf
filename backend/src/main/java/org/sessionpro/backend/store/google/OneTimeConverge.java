package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.Missing;
import org.sessionpro.backend.store.google.Convergence.Money;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.Convergence.SubscriptionState;
import org.sessionpro.backend.store.google.ProductResource.Item;
import org.sessionpro.backend.store.google.ProductResource.State;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;

/// Makes facts out of Google's record of something that was bought once: a credit of as many times
/// its length as there are pieces (`google-play.md` §10, `decisions-stores.md` §2.1). Pure and
/// idempotent, as [GoogleConverge].
public final class OneTimeConverge {
  private static final OrderId NO_ORDER = new OrderId("");

  private final Catalogue catalogue;

  public OneTimeConverge(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// What was bought.
  ///
  /// @param plan of one piece, or of all if they are of several products
  /// @param length of all
  private record Bought(Plan plan, Duration length) {}

  /// What follows from the present record of a one-time purchase.
  public Convergence purchase(ProductResource resource, Known known, Occasion occasion) {
    boolean unknown = known.of(occasion.token()).isEmpty();
    if (resource.test() && !catalogue.acceptsTestPurchases() && unknown) {
      return new Parked(Obstacle.TEST_PURCHASE, new Money.Past());
    }
    return switch (resource.state()) {
      case PENDING -> occasion.waiting(Missing.PAYMENT);
      case CANCELED -> unknown ? Applied.NOTHING : settled(resource, known, occasion);
      case PURCHASED -> settled(resource, known, occasion);
    };
  }

  /// What follows from Google's word that it knows nothing of the purchase any more: what was taken
  /// back before stays taken back.
  public Convergence gone(Known known, Occasion occasion) {
    Draft draft = new Draft(known.payments());
    Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
    for (Payment payment : draft.of(occasion.token())) {
      alarms.addAll(revoke(draft, payment.key(), known, occasion));
    }
    CycleWriter.acknowledged(draft, occasion);
    return new Applied(draft.statements(), List.of(), Set.of(), null, alarms);
  }

  /// What is bought once is one payment, whatever its record says of orders: one that a code paid for
  /// has none.
  private static PaymentKey key(ProductResource resource, Known known, Occasion occasion) {
    OrderId order = resource.order() == null ? NO_ORDER : resource.order();
    return known.of(occasion.token()).stream()
        .map(RegisteredPayment::payment)
        .filter(payment -> payment.credit() != null)
        .map(Payment::key)
        .findFirst()
        .orElseGet(() -> PaymentKey.google(occasion.token(), order));
  }

  private Convergence settled(ProductResource resource, Known known, Occasion occasion) {
    Draft draft = new Draft(known.payments());
    PaymentKey key = key(resource, known, occasion);
    Optional<Bought> bought = bought(resource.items());
    if (draft.find(key).isEmpty()) {
      if (bought.isEmpty()) {
        return new Parked(Obstacle.UNKNOWN_PRODUCT, money(resource, occasion));
      }
      if (resource.owner() == null) {
        return new Parked(Obstacle.NO_OWNER, money(resource, occasion));
      }
      witness(draft, key, bought.get(), resource.owner(), purchasedAt(resource, occasion));
    }
    Set<Alarm> alarms = reduce(draft, key, resource, known, occasion);
    alarms.addAll(revoke(draft, key, known, occasion));
    takeBackWhatIsCanceled(draft, key, resource, occasion);
    if (draft.find(key).filter(Payment::isStanding).isEmpty()) {
      alarms.remove(Alarm.REFUNDED_IN_SOME_PART);
    }
    acknowledge(draft, key, resource, occasion);
    return new Applied(draft.statements(), List.of(), Set.of(), state(resource, occasion), alarms);
  }

  private static Money money(ProductResource resource, Occasion occasion) {
    return resource.state() == State.CANCELED
        ? new Money.Past()
        : occasion.money(resource.acknowledged());
  }

  /// The record itself says that it is over, and not since when: unless that was heard, since it was
  /// read. A void that is heard later moves it back to its own instant.
  private static void takeBackWhatIsCanceled(
      Draft draft, PaymentKey key, ProductResource resource, Occasion occasion) {
    if (resource.state() == State.CANCELED
        && draft.find(key).filter(Payment::isStanding).isPresent()) {
      draft.add(key, new Revoked(occasion.fetchedAt(), RevokedFor.VOIDED, false));
    }
  }

  private static SubscriptionState state(ProductResource resource, Occasion occasion) {
    return new SubscriptionState(occasion.fetchedAt(), null, null, null, null, resource.test());
  }

  /// All of ours that the order consists of; empty if nothing is.
  private Optional<Bought> bought(List<Item> items) {
    Map<Plan, Duration> lengths = new LinkedHashMap<>();
    for (Item item : items) {
      Plan plan = catalogue.oneTime().get(item.product());
      if (plan != null) {
        lengths.merge(plan, Catalogue.length(plan).multipliedBy(item.quantity()), Duration::plus);
      }
    }
    Duration length = lengths.values().stream().reduce(Duration.ZERO, Duration::plus);
    return lengths.keySet().stream()
        .findFirst()
        .map(plan ->
            new Bought(lengths.size() == 1 ? plan : new Plan(length.toDays() + "d"), length));
  }

  private static Instant purchasedAt(ProductResource resource, Occasion occasion) {
    Instant purchased = occasion.hint() == null ? occasion.fetchedAt() : occasion.hint();
    if (resource.completedAt() != null) {
      purchased = resource.completedAt();
    }
    return purchased.isAfter(occasion.now()) ? occasion.now() : purchased;
  }

  private static void witness(
      Draft draft, PaymentKey key, Bought bought, Binding owner, Instant purchased) {
    draft.witness(
        key,
        new Witnessed(
            Product.of(bought.plan()),
            purchased,
            owner,
            true,
            purchased.plus(GoogleConverge.REFUND_WINDOW),
            Source.STORE,
            null),
        null);
    draft.add(key, new CreditOpened(bought.length(), purchased));
  }

  /// Some of several pieces went back. How many is known from the list of voided purchases only; what
  /// each of them granted, from the plan that it was bought as, whatever is configured by now. Of
  /// several products nobody says which of them went back, so all stay.
  ///
  /// @return what somebody should look at
  private static Set<Alarm> reduce(
      Draft draft, PaymentKey key, ProductResource resource, Known known, Occasion occasion) {
    List<LossHeard> partial =
        voids(known, occasion, key, Loss.VOIDED_PARTIAL).stream()
            .filter(heard -> heard.source() == HeardFrom.VOID_LIST && heard.quantity() != null)
            .toList();
    // The same word may come again, with a reason.
    long back =
        partial.stream()
            .map(heard -> Map.entry(heard.at(), quantity(heard)))
            .distinct()
            .mapToLong(Map.Entry::getValue)
            .sum();
    Instant at = latest(partial);
    long pieces = resource.pieces();
    Payment payment = draft.find(key).orElseThrow();
    if (at == null || pieces == 0 || payment.credit() == null) {
      return EnumSet.noneOf(Alarm.class);
    }
    if (back < pieces && resource.items().size() > 1) {
      return EnumSet.of(Alarm.REFUNDED_IN_SOME_PART);
    }
    PaymentFact taken =
        back >= pieces
            ? new Revoked(at, RevokedFor.VOIDED, false)
            : new CreditReduced(
                Catalogue.length(payment.witnessed().product().plan()).multipliedBy(pieces - back),
                at);
    return draft.add(key, taken) ? EnumSet.of(Alarm.REFUNDED_IN_PART) : EnumSet.noneOf(Alarm.class);
  }

  private static long quantity(LossHeard heard) {
    return heard.quantity() == null ? 0 : heard.quantity();
  }

  private static @Nullable Instant latest(List<LossHeard> heard) {
    return heard.stream().map(LossHeard::at).max(Comparator.naturalOrder()).orElse(null);
  }

  /// All of it went back, at the earliest instant that was heard.
  ///
  /// @return what somebody should look at
  private static Set<Alarm> revoke(Draft draft, PaymentKey key, Known known, Occasion occasion) {
    List<LossHeard> full = voids(known, occasion, key, Loss.VOIDED_FULL);
    Optional<Instant> at = full.stream().map(LossHeard::at).min(Comparator.naturalOrder());
    return at.isPresent()
            && draft.add(key, new Revoked(at.get(), RevokedFor.VOIDED, false))
            && full.stream().anyMatch(LossHeard::isForWantOfAcknowledgement)
        ? EnumSet.of(Alarm.NOT_ACKNOWLEDGED_IN_TIME)
        : EnumSet.noneOf(Alarm.class);
  }

  private static List<LossHeard> voids(Known known, Occasion occasion, PaymentKey key, Loss loss) {
    return known
        .lossesOf(occasion.token())
        .filter(heard -> heard.loss() == loss)
        .filter(heard -> isAbout(heard.order(), key))
        .toList();
  }

  private static boolean isAbout(@Nullable OrderId voided, PaymentKey key) {
    return NO_ORDER.value().equals(key.cycle())
        || (voided != null && voided.value().equals(key.cycle()));
  }

  private static void acknowledge(
      Draft draft, PaymentKey key, ProductResource resource, Occasion occasion) {
    boolean owed = !resource.acknowledged() && resource.state() == State.PURCHASED;
    if (!owed) {
      CycleWriter.acknowledged(draft, occasion);
    } else {
      draft
          .find(key)
          .filter(Payment::isStanding)
          .ifPresent(payment -> CycleWriter.owe(draft, payment, occasion));
    }
  }
}
