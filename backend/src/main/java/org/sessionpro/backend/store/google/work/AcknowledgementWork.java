package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ruling;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement.CutShort;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement.Settled;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement.StillOwed;
import org.sessionpro.backend.store.google.SubscriptionResource;
import org.sessionpro.backend.store.google.SubscriptionResource.LineItem;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.slf4j.Logger;

/// Tells Google that a purchase was granted, and notes that nothing is owed any more; nobody else does
/// (`google-play.md` §7.2).
final class AcknowledgementWork implements WorkHandler {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  private final PurchaseAcknowledgement acknowledgement;
  private final Rooms rooms;

  /// Whether Google did not let us acknowledge last time.
  private final AtomicBoolean forbidden = new AtomicBoolean();

  AcknowledgementWork(Asking asking, Catalogue catalogue, Rooms rooms) {
    this.acknowledgement = new PurchaseAcknowledgement(asking.announced(), catalogue);
    this.rooms = rooms;
  }

  @Override
  public Outcome handle(Turn turn) {
    PurchaseToken token = new PurchaseToken(turn.claim().item().key());
    KnownSubscription known = rooms.subscriptions().known(SubscriptionKey.google(token), List.of());
    List<RegisteredPayment> payments = PurchaseWork.of(known.payments(), token);
    List<SubscriptionFact> facts = PurchaseWork.facts(known, token);
    Optional<Instant> urgentFrom =
        payments.stream()
            .filter(PurchaseWork::owes)
            .map(
                it -> AcknowledgementDeadline.urgentFrom(it.payment(), facts, known.state().test()))
            .min(Comparator.naturalOrder());
    if (urgentFrom.isEmpty()) {
      return new Outcome.Done();
    }
    return switch (acknowledge(turn, token, payments)) {
      case Settled(SubscriptionResource shown) -> {
        forbidden.set(false);
        yield settle(turn, token, shown);
      }
      case StillOwed(StoreAnswer<?> why) -> stillOwed(turn, token, why, urgentFrom.get());
      case CutShort _ -> new Outcome.Unfinished();
    };
  }

  private PurchaseAcknowledgement.Outcome acknowledge(
      Turn turn, PurchaseToken token, List<RegisteredPayment> payments) {
    boolean once = payments.stream().anyMatch(it -> PurchaseWork.isOnce(it.payment()));
    return once
        ? acknowledgement.oneTime(token, turn::goesOn)
        : acknowledgement.subscription(token, binding(payments), turn::goesOn);
  }

  private static @Nullable Binding binding(List<RegisteredPayment> payments) {
    return payments.stream()
        .max(Comparator.comparing(RegisteredPayment::purchasedAt))
        .map(it -> it.payment().witnessed().binding())
        .orElse(null);
  }

  private Outcome settle(Turn turn, PurchaseToken token, @Nullable SubscriptionResource shown) {
    Instant now = rooms.clock().instant();
    return rooms
        .subscriptions()
        .converge(
            SubscriptionKey.google(token),
            List.of(),
            rooms.inbox().fence(turn.claim()),
            known -> settled(known, token, shown, now),
            now)
        .orElseGet(Outcome.Unfinished::new);
  }

  /// All cycles of a purchase are acknowledged as one. A record that says anything else than is known is
  /// newer than the one that was compared, and is looked at.
  private Ruling<Outcome> settled(
      KnownSubscription known,
      PurchaseToken token,
      @Nullable SubscriptionResource shown,
      Instant now) {
    List<Statement> statements =
        PurchaseWork.of(known.payments(), token).stream()
            .filter(PurchaseWork::owes)
            .map(
                it -> Statement.of(it.payment().key(), new Acknowledged(now, Acknowledgement.DONE)))
            .toList();
    InTransaction look =
        shown == null || isAsKnown(shown, known, token)
            ? InTransaction.nothing()
            : rooms.inbox().enqueueing(List.of(Owed.unannounced(WorkItem.reconcile(token))), now);
    return new Ruling<>(statements, List.of(), null, look, Reading.UNUSED, new Outcome.Done());
  }

  private static boolean isAsKnown(
      SubscriptionResource shown, KnownSubscription known, PurchaseToken token) {
    List<Payment> cycles =
        PurchaseWork.of(known.payments(), token).stream().map(RegisteredPayment::payment).toList();
    return shown.state().name().equals(known.state().status())
        && shown.lineItems().stream()
            .allMatch(item -> cycles.stream().anyMatch(cycle -> isOf(item, cycle)));
  }

  private static boolean isOf(LineItem item, Payment cycle) {
    OrderId order = item.order();
    return order != null
        && order.value().equals(cycle.key().cycle())
        && Objects.equals(item.expiry(), cycle.terms().expiry());
  }

  private Outcome stillOwed(
      Turn turn, PurchaseToken token, StoreAnswer<?> why, Instant urgentFrom) {
    Instant now = rooms.clock().instant();
    if (why instanceof Unauthorized<?> && !forbidden.getAndSet(true)) {
      LOG.error(
          Severity.CRITICAL,
          "Google does not let us acknowledge purchases, and will take them back: the service account"
              + " may not manage orders and subscriptions");
    }
    Outcome outcome =
        why instanceof Answer<?> || why instanceof Gone<?>
            ? new Outcome.Waits(
                now.plus(Duration.ofMinutes(10)), "Google has nothing to acknowledge")
            : GoogleWork.UNANSWERED.outcome(why, turn, now);
    if (!now.isBefore(urgentFrom)) {
      LOG.error(
          Severity.CRITICAL,
          "{} is not acknowledged, and two thirds of the time after which Google takes it back are over",
          rooms.mask().of(token));
    } else if (outcome instanceof Outcome.Failed) {
      LOG.warn("{} is not acknowledged yet; it is tried again", rooms.mask().of(token));
    }
    return outcome;
  }
}
