package org.sessionpro.simulator.google.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.PREPAID;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.TWELVE_MONTHS;
import static org.sessionpro.simulator.google.play.PlayRig.T;
import static org.sessionpro.simulator.google.play.PlayRig.month;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.play.Cancellation.ByReplacement;
import org.sessionpro.simulator.google.play.Phase.Expired;

class PlanChangeTest {
  private static final Instant LATER = T.plus(Duration.ofDays(10));

  private final PlayRig rig = new PlayRig();
  private final PurchaseToken token = rig.subscriber(ONE_MONTH);

  @Test
  void theNewPurchaseIsLinkedToTheOldOne() {
    Subscription changed = change(TWELVE_MONTHS, ReplacementMode.CHARGE_FULL_PRICE);

    assertThat(changed.origin().linked()).isEqualTo(token);
    assertThat(changed.origin().ids()).isEqualTo(ExternalIds.ofAccount(PlayRig.ID));
    assertThat(changed.acknowledgement().isGiven()).isFalse();
  }

  @Test
  void theOldPurchaseExpiresThenByReplacement() {
    change(TWELVE_MONTHS, ReplacementMode.CHARGE_FULL_PRICE);

    assertThat(rig.subscription(token).phase()).isEqualTo(new Expired(LATER, new ByReplacement()));
    assertThat(rig.news()).containsExactly("PURCHASED", "EXPIRED");
  }

  @Test
  void aFullPriceBuysAWholeCycleAndTheValueLeftTimeOnTop() {
    Subscription changed = change(TWELVE_MONTHS, ReplacementMode.CHARGE_FULL_PRICE);

    Instant year = PlanTerms.after(LATER, Period.ofYears(1));
    // 18 of 28 days of 8.49 are 5.4579, of 79.99 a year that is 24.9 days.
    assertThat(Duration.between(year, changed.paid().paidUntil()))
        .isBetween(Duration.ofHours(597), Duration.ofHours(598));
  }

  @Test
  void timeIsProratedByValue() {
    Subscription changed = change(TWELVE_MONTHS, ReplacementMode.WITH_TIME_PRORATION);

    assertThat(Duration.between(LATER, changed.paid().paidUntil()))
        .isBetween(Duration.ofHours(597), Duration.ofHours(598));
  }

  @Test
  void withoutProrationTheBillingDateStays() {
    Subscription changed = change(TWELVE_MONTHS, ReplacementMode.WITHOUT_PRORATION);

    assertThat(changed.paid().paidUntil()).isEqualTo(month(1));
  }

  @Test
  void theNextCycleIsCountedFromTheNewBillingDate() {
    PurchaseToken changed = change(TWELVE_MONTHS, ReplacementMode.WITHOUT_PRORATION).token();
    rig.store.acknowledge(changed, null);

    rig.at(month(1));

    assertThat(rig.subscription(changed).paid().paidUntil())
        .isEqualTo(PlanTerms.after(month(1), Period.ofYears(1)));
  }

  @Test
  void aDeferredChangeKeepsPlanAndOrderUntilTheRenewal() {
    Cycle before = rig.subscription(token).paid();

    Subscription changed = change(TWELVE_MONTHS, ReplacementMode.DEFERRED);

    assertThat(changed.cycles()).containsExactly(before);
    assertThat(changed.renewal().next()).isEqualTo(rig.store.catalogue().sale(TWELVE_MONTHS));
  }

  @Test
  void aDeferredChangeIsChargedUnderAnOrderOfItsOwn() {
    PurchaseToken changed = change(TWELVE_MONTHS, ReplacementMode.DEFERRED).token();
    rig.store.acknowledge(changed, null);
    rig.announced.clear();

    rig.at(month(1));

    Cycle renewed = rig.subscription(changed).paid();
    assertThat(renewed.sale().plan()).isEqualTo(TWELVE_MONTHS);
    assertThat(renewed.paidUntil()).isEqualTo(PlanTerms.after(month(1), Period.ofYears(1)));
    assertThat(renewed.order().value()).doesNotContain("..");
    assertThat(rig.news()).containsExactly("RENEWED");
  }

  @Test
  void aChangeThatWaitsForItsPaymentLeavesTheOldPurchaseAlone() {
    rig.at(LATER);
    PurchaseToken waiting =
        rig.store
            .changePlan(
                token,
                new PlanChange(
                    rig.store.catalogue().sale(TWELVE_MONTHS),
                    ReplacementMode.CHARGE_FULL_PRICE,
                    true))
            .token();

    assertThat(rig.subscription(token).givesAccess()).isTrue();

    rig.store.complete(waiting);

    assertThat(rig.subscription(token).isExpired()).isTrue();
    assertThat(rig.subscription(waiting).cycles()).hasSize(1);
  }

  @Test
  void aCancelledSubscriptionCanBeBoughtAgainInTheApp() {
    rig.cancel(token);

    Subscription again = change(ONE_MONTH, ReplacementMode.WITHOUT_PRORATION);

    assertThat(again.origin().linked()).isEqualTo(token);
    assertThat(again.renewal().on()).isTrue();
  }

  @Test
  void whatIsOverCannotBeReplaced() {
    rig.cancel(token);
    rig.at(month(1));

    assertThatThrownBy(() -> change(TWELVE_MONTHS, ReplacementMode.DEFERRED))
        .isInstanceOf(PlayRefusal.class);
  }

  @Test
  void aTopUpComesBehindWhatIsLeft() {
    PurchaseToken prepaid = rig.subscriber(PREPAID);
    rig.at(LATER);

    Subscription more = rig.store.topUp(prepaid);

    assertThat(more.paid().paidUntil()).isEqualTo(PlanTerms.after(month(1), Period.ofMonths(1)));
    assertThat(more.origin().linked()).isEqualTo(prepaid);
    assertThat(rig.subscription(prepaid).isExpired()).isTrue();
  }

  @Test
  void whatDoesNotRenewEndsByItself() {
    PurchaseToken prepaid = rig.subscriber(PREPAID);

    rig.at(month(1));

    assertThat(rig.subscription(prepaid).phase()).isEqualTo(new Expired(month(1), null));
  }

  @Test
  void outsideTheAppPlayTellsAboutTheExpiredOneOnly() {
    rig.cancel(token);
    rig.at(month(2));
    OutOfApp told = new OutOfApp(ExternalIds.ofAccount(PlayRig.ID), token);

    Subscription again = rig.store.buyOutOfApp(token, told);

    assertThat(again.origin().ids()).isNull();
    assertThat(again.origin().linked()).isNull();
    assertThat(again.origin().outOfApp()).isEqualTo(told);
    assertThat(again.newest()).isPresent();
  }

  private Subscription change(BasePlanId plan, ReplacementMode mode) {
    rig.at(LATER);
    return rig.store.changePlan(
        token, new PlanChange(rig.store.catalogue().sale(plan), mode, false));
  }
}
