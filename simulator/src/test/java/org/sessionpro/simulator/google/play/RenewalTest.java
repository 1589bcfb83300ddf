package org.sessionpro.simulator.google.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.NO_GRACE;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.SESSION_PRO;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.TRIAL;
import static org.sessionpro.simulator.google.play.PlayRig.T;
import static org.sessionpro.simulator.google.play.PlayRig.month;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.InGrace;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.SilentGrace;
import org.sessionpro.simulator.google.play.PlayRig.Announced;

class RenewalTest {
  private static final Duration GRACE = Duration.ofDays(3);
  private static final Duration HOLD = Duration.ofDays(57);

  private final PlayRig rig = new PlayRig();

  @Test
  void renewsAtTheEndOfEachCycleByTheCalendar() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.at(month(3));

    assertThat(rig.subscription(token).cycles())
        .extracting(Cycle::paidUntil)
        .containsExactly(month(1), month(2), month(3), month(4));
  }

  @Test
  void aLeapOverMonthsDoesEverythingAtItsOwnInstant() {
    rig.subscriber(ONE_MONTH);

    rig.at(month(3).plusSeconds(1));

    assertThat(rig.announced)
        .extracting(Announced::at)
        .containsExactly(month(1), month(2), month(3));
  }

  @Test
  void ordersOfRenewalsCountUpBehindTheFirst() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.at(month(2));

    String first = rig.subscription(token).cycles().getFirst().order().value();
    assertThat(first).matches("GPA\\.\\d{4}-\\d{4}-\\d{4}-\\d{5}");
    assertThat(rig.subscription(token).cycles())
        .extracting(Cycle::order)
        .containsExactly(
            new OrderId(first), new OrderId(first + "..0"), new OrderId(first + "..1"));
  }

  @Test
  void ordersOfRenewalsMayBeUnrelated() {
    PlayRig odd = new PlayRig(Quirk.UNRELATED_ORDER_IDS);
    PurchaseToken token = odd.subscriber(ONE_MONTH);

    odd.at(month(1));

    assertThat(odd.subscription(token).paid().order().value()).doesNotContain("..");
  }

  @Test
  void chargesAheadOfTheEndWhereItIsToldTo() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    rig.store.chargeAhead(token, Duration.ofHours(12));

    rig.at(month(1).minus(Duration.ofHours(12)));

    assertThat(rig.subscription(token).paid().paidUntil()).isEqualTo(month(2));
  }

  @Test
  void aDeclinedRenewalLeadsIntoGrace() {
    PurchaseToken token = declined();

    rig.at(month(1));

    assertThat(rig.subscription(token).phase())
        .isEqualTo(new InGrace(month(1).plus(GRACE), nextOrder(token)));
    assertThat(rig.subscription(token).paid().grace()).isEqualTo(GRACE);
    assertThat(rig.news()).containsExactly("IN_GRACE_PERIOD");
  }

  @Test
  void aPaymentInGraceKeepsTheBillingDate() {
    PurchaseToken token = declined();
    rig.at(month(1).plus(Duration.ofDays(2)));
    OrderId declinedOrder = nextOrder(token);

    rig.store.setCard(token, false);

    assertThat(rig.subscription(token).paid())
        .isEqualTo(Cycle.paid(declinedOrder, sale(), month(1).plus(Duration.ofDays(2)), month(2)));
    assertThat(rig.news()).containsExactly("IN_GRACE_PERIOD", "RENEWED");
  }

  @Test
  void graceEndsInHold() {
    PurchaseToken token = declined();

    rig.at(month(1).plus(GRACE));

    assertThat(rig.subscription(token).phase()).isInstanceOf(OnHold.class);
    assertThat(rig.subscription(token).statedExpiry()).isEqualTo(month(1).plus(GRACE));
    assertThat(rig.subscription(token).renewal().on()).isTrue();
    assertThat(rig.news()).containsExactly("IN_GRACE_PERIOD", "ON_HOLD");
  }

  @Test
  void aPaymentOnHoldBeginsANewBillingDate() {
    PurchaseToken token = declined();
    Instant paid = month(1).plus(Duration.ofDays(59));
    rig.at(paid);

    rig.store.setCard(token, false);

    assertThat(rig.subscription(token).phase()).isEqualTo(new Active());
    assertThat(rig.subscription(token).paid().paidUntil())
        .isEqualTo(PlanTerms.after(paid, Period.ofMonths(1)));
    assertThat(rig.news()).endsWith("RECOVERED");
  }

  @Test
  void holdEndsInExpiryThatStatesTheEndOfTheHold() {
    PurchaseToken token = declined();
    Instant end = month(1).plus(GRACE).plus(HOLD);

    rig.at(end);

    assertThat(rig.subscription(token).phase())
        .isEqualTo(new Expired(end, new Cancellation.BySystem()));
    assertThat(rig.subscription(token).renewal().on()).isFalse();
    assertThat(rig.news()).containsExactly("IN_GRACE_PERIOD", "ON_HOLD", "CANCELED", "EXPIRED");
  }

  @Test
  void aPlanWithoutGraceGetsASilentDay() {
    PurchaseToken token = rig.subscriber(NO_GRACE);
    rig.store.setCard(token, true);

    rig.at(month(1));

    assertThat(rig.subscription(token).phase())
        .isEqualTo(new SilentGrace(month(1).plus(Duration.ofDays(1))));
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void aPaymentInTheSilentDayKeepsTheBillingDate() {
    PurchaseToken token = rig.subscriber(NO_GRACE);
    rig.store.setCard(token, true);
    rig.at(month(1).plus(Duration.ofHours(5)));

    rig.store.setCard(token, false);

    assertThat(rig.subscription(token).paid().paidUntil()).isEqualTo(month(2));
    assertThat(rig.news()).containsExactly("RENEWED");
  }

  @Test
  void theSilentDayEndsInHold() {
    PurchaseToken token = rig.subscriber(NO_GRACE);
    rig.store.setCard(token, true);

    rig.at(month(1).plus(Duration.ofDays(1)));

    assertThat(rig.news()).containsExactly("ON_HOLD");
  }

  @Test
  void aTrialRenewsAtThePlansPriceFromItsEndOn() {
    Sale trial = new Sale(SESSION_PRO, ONE_MONTH, TRIAL);
    Subscription bought =
        rig.store.buy(Purchase.of(PlayRig.BUYER, trial, ExternalIds.ofAccount(PlayRig.ID)));
    rig.store.acknowledge(bought.token(), null);
    Instant trialEnd = T.plus(Duration.ofDays(3));

    rig.at(trialEnd);

    Cycle renewed = rig.subscription(bought.token()).paid();
    assertThat(bought.paid().paidUntil()).isEqualTo(trialEnd);
    assertThat(rig.store.order(bought.paid().order()).total().micros()).isZero();
    assertThat(renewed.sale().offer()).isNull();
    assertThat(renewed.paidUntil()).isEqualTo(PlanTerms.after(trialEnd, Period.ofMonths(1)));
  }

  @Test
  void everyChargeIsAnOrder() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);

    rig.at(month(1));

    List<Cycle> cycles = rig.subscription(token).cycles();
    assertThat(cycles)
        .allSatisfy(cycle ->
            assertThat(rig.store.order(cycle.order()).bought())
                .isEqualTo(
                    new Order.Bought.Service(cycle.sale(), cycle.chargedAt(), cycle.paidUntil())));
  }

  private PurchaseToken declined() {
    PurchaseToken token = rig.subscriber(ONE_MONTH);
    rig.store.setCard(token, true);
    return token;
  }

  private static Sale sale() {
    return new Sale(SESSION_PRO, ONE_MONTH, null);
  }

  private OrderId nextOrder(PurchaseToken token) {
    return new OrderId(rig.subscription(token).paid().order().value() + "..0");
  }
}
