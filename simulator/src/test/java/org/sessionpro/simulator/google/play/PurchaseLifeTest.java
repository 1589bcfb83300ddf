package org.sessionpro.simulator.google.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.CREDIT;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.play.PlayRig.T;
import static org.sessionpro.simulator.google.play.PlayRig.month;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.BasePlan;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.catalogue.PlanKind.Prepaid;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.catalogue.SubscriptionProduct;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;
import org.sessionpro.simulator.google.play.Phase.Pending;
import org.sessionpro.simulator.google.play.PlayRefusal.Kind;

/// How purchases begin and how they are forgotten.
class PurchaseLifeTest {
  private final PlayRig rig = new PlayRig();

  @Test
  void aPurchaseIsPaidAndAnnounced() {
    Subscription bought = rig.buy(ONE_MONTH);

    assertThat(bought.paid().chargedAt()).isEqualTo(T);
    assertThat(bought.paid().paidUntil()).isEqualTo(month(1));
    assertThat(bought.acknowledgement().isGiven()).isFalse();
    assertThat(rig.news()).containsExactly("PURCHASED");
  }

  @Test
  void tokensAndOrdersAreNeverTheSame() {
    List<Subscription> bought = List.of(rig.buy(ONE_MONTH), rig.buy(ONE_MONTH));

    assertThat(bought).extracting(Subscription::token).doesNotHaveDuplicates();
    assertThat(bought).extracting(one -> one.paid().order()).doesNotHaveDuplicates();
  }

  @Test
  void aPendingPurchaseHasNothingPaidYet() {
    Subscription waiting = pending();

    assertThat(waiting.phase()).isInstanceOf(Pending.class);
    assertThat(waiting.statedExpiry()).isNull();
    assertThat(waiting.origin().startedAt()).isNull();
    assertThat(rig.news()).containsExactly("PURCHASED");
  }

  @Test
  void aPendingPurchaseBeginsWhenItIsPaid() {
    PurchaseToken token = pending().token();
    Instant paid = T.plus(Duration.ofDays(2));
    rig.at(paid);

    rig.store.complete(token);

    assertThat(rig.subscription(token).origin().startedAt()).isEqualTo(paid);
    assertThat(rig.subscription(token).acknowledgement().deadline())
        .isEqualTo(paid.plus(Duration.ofDays(3)));
  }

  @Test
  void aPendingPurchaseCanBeGivenUp() {
    PurchaseToken token = pending().token();

    rig.store.abandon(token);

    assertThat(rig.news()).containsExactly("PURCHASED", "PENDING_PURCHASE_CANCELED");
    assertThatThrownBy(() -> rig.store.complete(token)).isInstanceOf(PlayRefusal.class);
  }

  @Test
  void whatNeverWasIsUnknown() {
    assertThatThrownBy(() -> rig.store.readable(new PurchaseToken("nobody's")))
        .extracting(refusal -> ((PlayRefusal) refusal).kind())
        .isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void whatEndedIsGoneAfterSixtyDays() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    rig.cancel(token);
    Instant last = month(1).plus(Duration.ofDays(60));
    rig.at(last);
    assertThat(rig.store.readable(token).isExpired()).isTrue();

    rig.at(last.plusMillis(1));

    assertThatThrownBy(() -> rig.store.readable(token))
        .extracting(refusal -> ((PlayRefusal) refusal).kind())
        .isEqualTo(Kind.GONE);
  }

  @Test
  void theFormerStateIsTheOneBeforeTheLatestChange() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    Subscription before = rig.subscription(token);

    rig.cancel(token);

    assertThat(rig.store.former(token)).isEqualTo(before);
  }

  @Test
  void anAcknowledgementMayAttachIdsToAResubscriptionOnly() {
    PurchaseToken token = rig.buy(ONE_MONTH).token();

    assertThatThrownBy(() -> rig.store.acknowledge(token, ExternalIds.ofAccount(PlayRig.ID)))
        .isInstanceOf(PlayRefusal.class);
  }

  @Test
  void anAcknowledgementAttachesIdsToAResubscription() {
    PurchaseToken over = rig.subscriber(ONE_MONTH);
    rig.cancel(over);
    rig.at(month(2));
    PurchaseToken again = rig.store.buyOutOfApp(over, new OutOfApp(null, over)).token();

    rig.store.acknowledge(again, ExternalIds.ofAccount(PlayRig.ID));

    assertThat(rig.subscription(again).origin().ids()).isEqualTo(ExternalIds.ofAccount(PlayRig.ID));
  }

  @Test
  void acknowledgingTwiceChangesNothing() {
    PurchaseToken token = rig.buy(ONE_MONTH).token();
    rig.store.acknowledge(token, null);
    Subscription before = rig.subscription(token);
    rig.pass(Duration.ofHours(1));

    rig.store.acknowledge(token, null);

    assertThat(rig.subscription(token)).isEqualTo(before);
  }

  @Test
  void timeRunsFasterForALicenceTester() {
    PurchaseToken token = tester();

    rig.pass(Duration.ofMinutes(5));

    assertThat(rig.subscription(token).cycles())
        .extracting(Cycle::paidUntil)
        .containsExactly(T.plus(Duration.ofMinutes(5)), T.plus(Duration.ofMinutes(10)));
  }

  @Test
  void aLicenceTestersPurchaseEndsAfterSixRenewals() {
    PurchaseToken token = tester();

    rig.pass(Duration.ofHours(1));

    assertThat(rig.subscription(token).cycles()).hasSize(7);
    assertThat(rig.subscription(token).isExpired()).isTrue();
    assertThat(rig.news()).endsWith("RENEWED", "CANCELED", "EXPIRED");
  }

  @Test
  void aLicenceTestersPurchaseMustBeAcknowledgedInThreeMinutes() {
    Subscription bought = buyAsTester();

    rig.pass(Duration.ofMinutes(3));

    assertThat(rig.subscription(bought.token()).isExpired()).isTrue();
  }

  @Test
  void aShortPrepaidPlanMustBeAcknowledgedWithinHalfItsLength() {
    BasePlanId threeDays = new BasePlanId("three-days");
    PlayRig brief =
        new PlayRig(
            new Catalogue(
                SessionCatalogue.PACKAGE,
                List.of(
                    new SubscriptionProduct(
                        SessionCatalogue.SESSION_PRO,
                        List.of(
                            new BasePlan(
                                threeDays,
                                Period.ofDays(3),
                                new Prepaid(),
                                new Price("NZD", 1_000_000),
                                List.of(),
                                List.of())))),
                List.of()));

    Subscription bought = brief.buy(threeDays);

    assertThat(bought.acknowledgement().deadline()).isEqualTo(T.plus(Duration.ofHours(36)));
  }

  @Test
  void aPendingOneTimePurchaseIsNotAnnouncedUntilItIsPaid() {
    PurchaseToken token =
        rig.store
            .buyOnce(new OneTimeOrder(PlayRig.BUYER, new Basket(CREDIT, 1), null, true, false))
            .token();
    assertThat(rig.news()).isEmpty();

    rig.store.abandonOnce(token);

    assertThat(rig.news()).containsExactly("PRODUCT_CANCELED");
  }

  @Test
  void theClockOfAStoreNeverGoesBack() {
    rig.buy(ONE_MONTH);
    rig.clock.moveTo(T.minusSeconds(1));

    assertThatThrownBy(() -> rig.buy(ONE_MONTH)).isInstanceOf(IllegalStateException.class);
  }

  private Subscription pending() {
    return rig.store.buy(
        new Purchase(
            PlayRig.BUYER,
            rig.store.catalogue().sale(ONE_MONTH),
            ExternalIds.ofAccount(PlayRig.ID),
            true,
            false));
  }

  private Subscription buyAsTester() {
    return rig.store.buy(
        new Purchase(
            PlayRig.BUYER,
            rig.store.catalogue().sale(ONE_MONTH),
            ExternalIds.ofAccount(PlayRig.ID),
            false,
            true));
  }

  private PurchaseToken tester() {
    PurchaseToken token = buyAsTester().token();
    rig.store.acknowledge(token, null);
    return token;
  }
}
