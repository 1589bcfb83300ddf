package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// When an owed acknowledgement becomes urgent (`google-play.md` §7.1, §7.2).
class AcknowledgementDeadlineTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Duration urgentAfter(Payment payment, boolean test) {
    return Duration.between(T, AcknowledgementDeadline.urgentFrom(payment, List.of(), test));
  }

  private static Payment month() {
    return payment("1m", Duration.ofDays(30), true);
  }

  private static Payment prepaid(String plan, Duration term) {
    return payment(plan, term, false);
  }

  private static Payment payment(String plan, Duration term, boolean renewing) {
    return Payment.of(
            PaymentKey.google(new PurchaseToken("token"), new OrderId("order")),
            new Witnessed(
                Product.of(new Plan(plan)),
                T,
                null,
                true,
                T.plus(Duration.ofDays(2)),
                Source.STORE,
                null))
        .apply(new TermsStated(T.plus(term), null, renewing, false, T, true));
  }

  @Test
  void isTwoDaysAfterMostPurchases() {
    assertThat(urgentAfter(month(), false)).isEqualTo(Duration.ofDays(2));
    assertThat(urgentAfter(prepaid("7d", Duration.ofDays(7)), false)).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void isTwoThirdsOfHalfOfAShortPrepaidPlan() {
    assertThat(urgentAfter(prepaid("3d", Duration.ofDays(3)), false)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void isNotLaterWhenThatIsToppedUp() {
    assertThat(urgentAfter(prepaid("3d", Duration.ofDays(8)), false)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void isNotSoonerWhenATrialIsCancelledAtOnce() {
    assertThat(urgentAfter(payment("1m", Duration.ofDays(3), false), false))
        .isEqualTo(Duration.ofDays(2));
  }

  @Test
  void isTwoDaysAfterWhateverIsBoughtOnce() {
    Payment spent =
        prepaid("3d", Duration.ofDays(3)).apply(new CreditOpened(Duration.ofDays(3), T));

    assertThat(urgentAfter(spent, false)).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void ofWhatShowsTheMoneyOfAnEarlierPurchaseIsCountedFromItsOwnBeginning() {
    Instant changed = T.plus(Duration.ofDays(20));
    Linked linked = new Linked(SubscriptionKey.google(new PurchaseToken("before")), changed);

    assertThat(AcknowledgementDeadline.urgentFrom(month(), List.of(linked), false))
        .isEqualTo(changed.plus(Duration.ofDays(2)));
  }

  @Test
  void isTwoMinutesAfterPurchasesOfTesters() {
    assertThat(urgentAfter(month(), true)).isEqualTo(Duration.ofMinutes(2));
  }

  private static @Nullable Instant dueAt(Payment payment, boolean test) {
    Payment owing = payment.apply(new Acknowledged(T, Acknowledgement.OWED));
    return OwedAcknowledgement.of(new PurchaseToken("token"), List.of(owing), List.of(), test)
        .orElseThrow()
        .dueAt();
  }

  @Test
  void isShownAsTheInstantAtWhichGoogleTakesThePurchaseBack() {
    assertThat(dueAt(month(), false)).isEqualTo(T.plus(Duration.ofDays(3)));
    assertThat(dueAt(prepaid("3d", Duration.ofDays(3)), false))
        .isEqualTo(T.plus(Duration.ofHours(36)));
    assertThat(dueAt(month(), true)).isEqualTo(T.plus(Duration.ofMinutes(3)));
  }
}
