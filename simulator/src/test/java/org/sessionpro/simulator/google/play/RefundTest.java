package org.sessionpro.simulator.google.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.CREDIT;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.play.PlayRig.T;
import static org.sessionpro.simulator.google.play.PlayRig.month;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.play.Cancellation.ByDeveloper;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;
import org.sessionpro.simulator.google.play.OneTimePurchase.State;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.PlayRig.Announced;
import org.sessionpro.simulator.google.play.Voiding.Cause;

class RefundTest {
  private final PlayRig rig = new PlayRig();

  @Test
  void aRevocationEndsAccessAtOnce() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    Instant revoked = T.plus(Duration.ofDays(10));
    rig.at(revoked);

    rig.store.revoke(token, Cause.DEVELOPER);

    assertThat(rig.subscription(token).phase()).isEqualTo(new Expired(revoked, new ByDeveloper()));
  }

  @Test
  void aRevocationIsAnnouncedTwice() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    OrderId order = rig.subscription(token).paid().order();

    rig.store.revoke(token, Cause.DEVELOPER);

    assertThat(rig.announced)
        .extracting(Announced::notice)
        .last()
        .isEqualTo(new Notice.OfVoid(token, order, true, true));
    assertThat(rig.news()).containsExactly("REVOKED", "VOIDED");
  }

  @Test
  void onlyTheNewestCycleIsTakenBack() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    Instant revoked = month(2).plus(Duration.ofDays(1));
    rig.at(revoked);

    rig.store.revoke(token, Cause.DEVELOPER);

    assertThat(rig.subscription(token).cycles())
        .extracting(Cycle::revokedAt)
        .containsExactly(null, null, revoked);
  }

  @Test
  void aCycleThatStillRunsIsTakenBackToo() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    rig.store.chargeAhead(token, Duration.ofHours(12));
    Instant between = month(1).minus(Duration.ofHours(6));
    rig.at(between);

    rig.store.revoke(token, Cause.DEVELOPER);

    assertThat(rig.subscription(token).cycles())
        .extracting(Cycle::revokedAt)
        .containsExactly(between, between);
  }

  @Test
  void theTermStaysAsItWasSold() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.store.revoke(token, Cause.DEVELOPER);

    assertThat(rig.subscription(token).paid().paidUntil()).isEqualTo(month(1));
  }

  @Test
  void aRevocationEntersTheListOfVoids() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    OrderId order = rig.subscription(token).paid().order();

    rig.store.revoke(token, Cause.CHARGEBACK);

    assertThat(rig.store.voidings())
        .containsExactly(new Voiding(token, order, T, T, Cause.CHARGEBACK, true, null));
  }

  @Test
  void whatIsOverCannotBeRevoked() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    rig.store.revoke(token, Cause.DEVELOPER);

    assertThatThrownBy(() -> rig.store.revoke(token, Cause.DEVELOPER))
        .isInstanceOf(PlayRefusal.class);
  }

  @Test
  void aPlainRefundLeavesAccessAlone() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.store.refund(rig.subscription(token).paid().order(), false);

    assertThat(rig.subscription(token).givesAccess()).isTrue();
    assertThat(rig.subscription(token).paid().voidedAt()).isEqualTo(T);
    assertThat(rig.store.voidings()).isEmpty();
    assertThat(rig.news()).containsExactly("VOIDED");
  }

  @Test
  void aPlainRefundMayBeSilent() {
    PlayRig odd = new PlayRig(Quirk.PLAIN_REFUNDS_ARE_SILENT);
    PurchaseToken token = odd.subscriber(ONE_MONTH);

    odd.store.refund(odd.subscription(token).paid().order(), false);

    assertThat(odd.news()).isEmpty();
  }

  @Test
  void aRefundOfTheLatestOrderMayRevoke() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.store.refund(rig.subscription(token).paid().order(), true);

    assertThat(rig.news()).containsExactly("REVOKED", "VOIDED");
  }

  @Test
  void whatNobodyAcknowledgesIsTakenBackAfterThreeDays() {
    PurchaseToken token = rig.buy(ONE_MONTH).token();
    Instant deadline = T.plus(Duration.ofDays(3));

    rig.at(deadline);

    assertThat(rig.subscription(token).paid().revokedAt()).isEqualTo(deadline);
    assertThat(rig.store.voidings())
        .extracting(Voiding::cause)
        .containsExactly(Cause.UNACKNOWLEDGED);
    assertThat(rig.news()).containsExactly("PURCHASED", "REVOKED", "VOIDED");
  }

  @Test
  void whatIsAcknowledgedInTimeStays() {
    PurchaseToken token = rig.buy(ONE_MONTH).token();
    rig.at(T.plus(Duration.ofDays(3)).minusMillis(1));

    rig.store.acknowledge(token, null);
    rig.at(T.plus(Duration.ofDays(4)));

    assertThat(rig.subscription(token).givesAccess()).isTrue();
  }

  @Test
  void renewalsNeedNoAcknowledgement() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.at(month(1).plus(Duration.ofDays(5)));

    assertThat(rig.store.voidings()).isEmpty();
    assertThat(rig.subscription(token).acknowledgement().isGiven()).isTrue();
  }

  @Test
  void partOfSeveralThingsCanGoBack() {
    OneTimePurchase bought = buyThree();

    rig.store.takeBack(bought.token(), 1, Cause.REMORSE);

    OneTimePurchase left = rig.store.oneTimePurchase(bought.token());
    assertThat(left.state()).isEqualTo(State.PURCHASED);
    assertThat(left.refunded()).isEqualTo(1);
    assertThat(rig.store.voidings()).extracting(Voiding::quantity).containsExactly(1);
    assertThat(rig.news()).containsExactly("PRODUCT_PURCHASED", "PARTLY_VOIDED");
  }

  @Test
  void theLastOfSeveralThingsVoidsThePurchase() {
    OneTimePurchase bought = buyThree();
    rig.store.takeBack(bought.token(), 2, Cause.REMORSE);

    rig.store.takeBack(bought.token(), 1, Cause.REMORSE);

    assertThat(rig.store.oneTimePurchase(bought.token()).state()).isEqualTo(State.CANCELED);
    assertThat(rig.store.order(bought.order()).isFullyRefunded()).isTrue();
    assertThat(rig.news()).endsWith("PARTLY_VOIDED", "VOIDED");
  }

  @Test
  void moreThanIsLeftCannotGoBack() {
    OneTimePurchase bought = buyThree();

    assertThatThrownBy(() -> rig.store.takeBack(bought.token(), 4, Cause.REMORSE))
        .isInstanceOf(PlayRefusal.class);
  }

  @Test
  void thingsThatNobodyAcknowledgesGoBackAfterThreeDays() {
    OneTimePurchase bought = buyThree();

    rig.at(T.plus(Duration.ofDays(3)));

    assertThat(rig.store.oneTimePurchase(bought.token()).state()).isEqualTo(State.CANCELED);
  }

  private OneTimePurchase buyThree() {
    return rig.store.buyOnce(
        new OneTimeOrder(
            PlayRig.BUYER, new Basket(CREDIT, 3), ExternalIds.ofAccount(PlayRig.ID), false, false));
  }
}
