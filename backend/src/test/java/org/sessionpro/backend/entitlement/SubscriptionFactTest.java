package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

class SubscriptionFactTest {
  private static final OrderId ORDER = new OrderId("GPA.1");

  private static LossHeard notified(Loss loss, Instant at) {
    return new LossHeard(loss, ORDER, null, null, at, HeardFrom.NOTIFICATION);
  }

  private static LossHeard listed(Loss loss, int quantity, Instant at) {
    return new LossHeard(loss, ORDER, quantity, 1, at, HeardFrom.VOID_LIST);
  }

  @Test
  void theSameLossHeardAgainTellsNothing() {
    LossHeard heard = LossHeard.revoked(T);

    assertThat(heard.addsNothingTo(List.of(heard))).isTrue();
    assertThat(LossHeard.revoked(day(1)).addsNothingTo(List.of(heard))).isTrue();
  }

  @Test
  void anEarlierWordAboutALossIsKept() {
    assertThat(LossHeard.revoked(T).addsNothingTo(List.of(LossHeard.revoked(day(1))))).isFalse();
  }

  @Test
  void aListThatSaysHowManyTellsMoreThanANotification() {
    LossHeard notified = notified(Loss.VOIDED_PARTIAL, T);
    LossHeard listed = listed(Loss.VOIDED_PARTIAL, 2, T);

    assertThat(listed.addsNothingTo(List.of(notified))).isFalse();
    assertThat(notified.addsNothingTo(List.of(listed))).isTrue();
    assertThat(listed.addsNothingTo(List.of(listed))).isTrue();
  }

  @Test
  void aSecondPartialRefundIsAnotherLoss() {
    assertThat(
            listed(Loss.VOIDED_PARTIAL, 1, day(2))
                .addsNothingTo(List.of(listed(Loss.VOIDED_PARTIAL, 1, T))))
        .isFalse();
  }

  @Test
  void lossesOfDifferentKindsAreDifferent() {
    assertThat(
            notified(Loss.VOIDED_FULL, T).addsNothingTo(List.of(notified(Loss.VOIDED_PARTIAL, T))))
        .isFalse();
  }

  @Test
  void aVoidNamesItsOrderAndARevocationNone() {
    assertThatThrownBy(
            () -> new LossHeard(Loss.VOIDED_FULL, null, null, null, T, HeardFrom.VOID_LIST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new LossHeard(Loss.REVOKED, ORDER, null, null, T, HeardFrom.NOTIFICATION))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFirstLinkStays() {
    SubscriptionKey before = SubscriptionKey.google(new PurchaseToken("before"));
    Linked linked = new Linked(before, T);

    assertThat(new Linked(before, day(1)).addsNothingTo(List.of(linked))).isTrue();
    assertThat(linked.addsNothingTo(List.of(LossHeard.revoked(T)))).isFalse();
  }

  @Test
  void noTextFormShowsWhoOrWhat() {
    assertThat(new Linked(SubscriptionKey.google(new PurchaseToken("secret")), T).toString())
        .doesNotContain("secret");
    assertThat(notified(Loss.VOIDED_FULL, T).toString()).doesNotContain("GPA");
  }
}
