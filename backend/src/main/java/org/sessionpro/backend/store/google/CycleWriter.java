package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Statement.Claim;
import org.sessionpro.backend.store.google.SubscriptionResource.LineItem;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// Writes what Google's record says of a subscription's cycles (`google-play.md` §5.1 to §5.4).
final class CycleWriter {
  private final Continuation continuation;

  CycleWriter(Continuation continuation) {
    this.continuation = continuation;
  }

  /// A cycle that was sold.
  record Sale(PaymentKey key, Plan plan, LineItem item, Attribution owner) {}

  /// A cycle becomes known. Whose the one before was, if this one goes on from it, gets it at once.
  void witness(
      Draft draft, Sale sale, SubscriptionResource resource, Known known, Occasion occasion) {
    Optional<RegisteredPayment> twin = twin(sale.key(), resource, known);
    Instant latest = latest(draft, occasion.token());
    Instant purchased =
        PurchaseInstant.of(
            twin.map(RegisteredPayment::purchasedAt).orElse(null),
            latest,
            resource.startTime(),
            occasion);
    Witnessed witnessed =
        new Witnessed(
            Product.of(sale.plan()),
            purchased,
            sale.owner().binding(),
            true,
            purchased.plus(GoogleConverge.REFUND_WINDOW),
            Source.STORE,
            null);
    MasterKey owner = ownerAtOnce(sale, twin, purchased, resource, known);
    Claim claim = owner == null ? null : new Claim(owner, occasion.now(), ClaimedBy.CONTINUATION);
    draft.witness(sale.key(), witnessed, claim);
    draft.add(
        sale.key(),
        new TermsStated(
            sale.item().expiry(),
            null,
            isRenewing(sale.item(), resource.state()),
            isRetrying(resource.state()),
            occasion.fetchedAt(),
            true));
  }

  /// What this purchase and the one whose place it took both show is hidden there, whichever of them
  /// became known first (`decisions-stores.md` §2.1, deferred plan change).
  static void hideTwins(Draft draft, @Nullable PurchaseToken before, Occasion occasion) {
    if (before != null) {
      for (Payment shown : draft.of(occasion.token())) {
        PaymentKey twin = PaymentKey.google(before, new OrderId(shown.key().cycle()));
        if (draft.find(twin).isPresent()) {
          draft.add(twin, new Hidden(occasion.fetchedAt()));
        }
      }
    }
  }

  /// The purchases that show the same money as a payment of this one that has changed.
  static Set<PurchaseToken> twins(Draft draft, Known known, PurchaseToken token) {
    boolean shared =
        draft.statements().stream()
            .flatMap(statement -> draft.find(statement.key()).stream())
            .anyMatch(payment -> payment.hidden() && isOf(payment, token));
    return shared ? known.successors() : Set.of();
  }

  private static boolean isOf(Payment payment, PurchaseToken token) {
    return payment.key().subscriptionKey().equals(SubscriptionKey.google(token));
  }

  /// The same money as it is known under the purchase whose place this one took: a plan change that
  /// is put off until the next renewal shows the old order under a new token.
  private static Optional<RegisteredPayment> twin(
      PaymentKey key, SubscriptionResource resource, Known known) {
    return known.of(resource.linked()).stream()
        .filter(one -> one.payment().key().cycle().equals(key.cycle()))
        .findFirst();
  }

  private static @Nullable Instant latest(Draft draft, PurchaseToken token) {
    List<Payment> all = draft.of(token);
    return all.isEmpty() ? null : all.getLast().witnessed().purchasedAt();
  }

  private @Nullable MasterKey ownerAtOnce(
      Sale sale,
      Optional<RegisteredPayment> twin,
      Instant purchased,
      SubscriptionResource resource,
      Known known) {
    if (sale.owner().owner() != null) {
      return sale.owner().owner();
    }
    return twin.or(() -> continued(purchased, resource, known))
        .flatMap(one -> Optional.ofNullable(known.owner(one)))
        .filter(key -> OwnerIds.of(key).all().contains(sale.owner().binding()))
        .orElse(null);
  }

  /// The newest owned cycle of the purchase before, if this one goes on from it.
  private Optional<RegisteredPayment> continued(
      Instant purchased, SubscriptionResource resource, Known known) {
    return known
        .newestOwned(resource.linked())
        .filter(one -> one.payment().terms().expiry() != null)
        .filter(one -> !purchased.isAfter(continuation.deadline(one.payment())));
  }

  /// The terms of a known cycle change; those of one that was taken back do not.
  void restate(Draft draft, PaymentKey key, LineItem item, State state, Instant fetchedAt) {
    Payment cycle = draft.find(key).orElseThrow();
    Instant stated = item.expiry();
    if (!cycle.isStanding() || stated == null) {
      return;
    }
    Payment.Terms before = cycle.terms();
    CycleTerms after =
        before.expiry() == null || item.prepaid()
            ? new CycleTerms(stated, null)
            : new CycleTerms(before.expiry(), before.grace()).after(stated, state);
    draft.add(
        key,
        new TermsStated(
            changed(before.expiry(), after.expiry()),
            changed(
                Optional.ofNullable(before.grace()).orElse(Duration.ZERO),
                Optional.ofNullable(after.grace()).orElse(Duration.ZERO)),
            changed(before.renewing(), isRenewing(item, state)),
            changed(before.billingRetry(), isRetrying(state)),
            fetchedAt,
            true));
  }

  /// The new value, or null if it is the old one.
  private static <T> @Nullable T changed(@Nullable T before, T after) {
    return Objects.equals(before, after) ? null : after;
  }

  private static boolean isRenewing(LineItem item, State state) {
    return switch (state) {
      case CANCELED, EXPIRED -> false;
      case ACTIVE,
          IN_GRACE_PERIOD,
          ON_HOLD,
          PAUSED,
          UNSPECIFIED,
          PENDING,
          PENDING_PURCHASE_CANCELED ->
          item.autoRenewing();
    };
  }

  private static boolean isRetrying(State state) {
    return state == State.IN_GRACE_PERIOD || state == State.ON_HOLD;
  }

  /// Only the newest cycle is renewed. Said as of its purchase, or right after the last word about the
  /// former one where that came later.
  void endRenewalOfFormer(Draft draft, PaymentKey newest) {
    Payment last = draft.find(newest).orElseThrow();
    Instant since = last.witnessed().purchasedAt();
    for (Payment former : draft.of(new PurchaseToken(newest.subscription()))) {
      if (!former.key().equals(newest) && former.isRenewing()) {
        Instant heard = former.terms().stated().renewing().at();
        Instant at = since.isAfter(heard) ? since : heard.plus(1, ChronoUnit.MICROS);
        draft.add(former.key(), new TermsStated(null, null, false, null, at, true));
      }
    }
  }

  /// No cycle of the purchase is renewed any more.
  static void endRenewals(Draft draft, Occasion occasion) {
    for (Payment cycle : draft.of(occasion.token())) {
      if (cycle.isRenewing()) {
        draft.add(
            cycle.key(), new TermsStated(null, null, false, null, occasion.fetchedAt(), true));
      }
    }
  }

  /// What Google is owed: nothing once it is over, for then there is nothing left to protect.
  void acknowledge(Draft draft, SubscriptionResource resource, Occasion occasion) {
    if (resource.acknowledged() || resource.state() == State.EXPIRED) {
      acknowledged(draft, occasion);
    } else {
      draft.of(occasion.token()).stream()
          .filter(Payment::isStanding)
          .forEach(payment -> owe(draft, payment, occasion));
    }
  }

  /// The payment is to be acknowledged, also if it seemed to be: an answer that came to nothing must not
  /// cost the purchase (`google-play.md` §5.1, step 6).
  static void owe(Draft draft, Payment payment, Occasion occasion) {
    if (payment.requests().acknowledgement() != Acknowledgement.OWED) {
      draft.add(payment.key(), new Acknowledged(occasion.fetchedAt(), Acknowledgement.OWED));
    }
  }

  /// Nothing is owed to Google any more, for any cycle of the purchase.
  static void acknowledged(Draft draft, Occasion occasion) {
    for (Payment payment : draft.of(occasion.token())) {
      if (payment.requests().acknowledgement() == Acknowledgement.OWED) {
        draft.add(payment.key(), new Acknowledged(occasion.fetchedAt(), Acknowledgement.DONE));
      }
    }
  }
}
