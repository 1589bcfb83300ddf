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

  private static Duration urgentAfter(Duration term, boolean renewing, boolean test) {
    return Duration.between(
        T, AcknowledgementDeadline.urgentFrom(payment(term, renewing), List.of(), test));
  }

  private static Payment payment(Duration term, boolean renewing) {
    return Payment.of(
            PaymentKey.google(new PurchaseToken("token"), new OrderId("order")),
            new Witnessed(
                Product.of(new Plan("1m")),
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
    assertThat(urgentAfter(Duration.ofDays(30), true, false)).isEqualTo(Duration.ofDays(2));
    assertThat(urgentAfter(Duration.ofDays(7), false, false)).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void isTwoThirdsOfHalfOfAShortPrepaidTerm() {
    assertThat(urgentAfter(Duration.ofDays(3), false, false)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void ofWhatShowsTheMoneyOfAnEarlierPurchaseIsCountedFromItsOwnBeginning() {
    Instant changed = T.plus(Duration.ofDays(20));
    Linked linked = new Linked(SubscriptionKey.google(new PurchaseToken("before")), changed);

    assertThat(
            AcknowledgementDeadline.urgentFrom(
                payment(Duration.ofDays(30), true), List.of(linked), false))
        .isEqualTo(changed.plus(Duration.ofDays(2)));
  }

  @Test
  void isTwoMinutesAfterPurchasesOfTesters() {
    assertThat(urgentAfter(Duration.ofMinutes(5), true, true)).isEqualTo(Duration.ofMinutes(2));
  }

  private static @Nullable Instant dueAt(Duration term, boolean renewing, boolean test) {
    Payment owing = payment(term, renewing).apply(new Acknowledged(T, Acknowledgement.OWED));
    return OwedAcknowledgement.of(new PurchaseToken("token"), List.of(owing), List.of(), test)
        .orElseThrow()
        .dueAt();
  }

  @Test
  void isShownAsTheInstantAtWhichGoogleTakesThePurchaseBack() {
    assertThat(dueAt(Duration.ofDays(30), true, false)).isEqualTo(T.plus(Duration.ofDays(3)));
    assertThat(dueAt(Duration.ofDays(3), false, false)).isEqualTo(T.plus(Duration.ofHours(36)));
    assertThat(dueAt(Duration.ofMinutes(5), true, true)).isEqualTo(T.plus(Duration.ofMinutes(3)));
  }
}
