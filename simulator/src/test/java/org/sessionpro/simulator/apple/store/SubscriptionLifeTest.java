package org.sessionpro.simulator.apple.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.apple.AppleRig.T;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;

class SubscriptionLifeTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final AppleRig rig = new AppleRig();

  private static Instant months(int number) {
    return T.atOffset(ZoneOffset.UTC).plusMonths(number).toInstant();
  }

  private void advanceTo(Instant instant) {
    rig.clock.moveTo(instant);
    rig.simulator.catchUp();
  }

  @Test
  void idsAreSixteenDigitsOfTheStoresOwn() {
    Subscription one = rig.month();

    assertThat(one.original().value()).matches("2000000[0-9]{9}|200000[0-9]{10}").hasSize(16);
    assertThat(one.newest().ids().lineItem()).isNotEqualTo(one.original());
  }

  @Test
  void monthsAreCountedFromTheFirstDay() {
    advanceTo(Instant.parse("2027-01-31T10:00:00Z"));
    Subscription one = rig.month();
    advanceTo(Instant.parse("2027-03-31T09:59:59Z"));

    assertThat(rig.now(one).cycles())
        .extracting(cycle -> cycle.term().until())
        .containsExactly(
            Instant.parse("2027-02-28T10:00:00Z"), Instant.parse("2027-03-31T10:00:00Z"));
  }

  @Test
  void aLeapOfMonthsIsLivedStepByStep() {
    Subscription one = rig.month();
    advanceTo(months(3));

    assertThat(rig.now(one).cycles())
        .extracting(Cycle::start)
        .containsExactly(T, months(1), months(2), months(3));
    assertThat(rig.told())
        .containsExactly("SUBSCRIBED/INITIAL_BUY", "DID_RENEW", "DID_RENEW", "DID_RENEW");
  }

  @Test
  void aRenewalCanBeSignedADayAhead() {
    Subscription one = rig.month();
    rig.store().chargeAhead(one.original(), DAY);
    advanceTo(months(1).minus(DAY));

    assertThat(rig.now(one).newest().start()).isEqualTo(months(1));
    assertThat(rig.now(one).newest().term().until()).isEqualTo(months(2));
  }

  @Test
  void nothingIsChargedMoreThanADayAhead() {
    Subscription one = rig.month();

    assertThatThrownBy(() -> rig.store().chargeAhead(one.original(), DAY.plusMillis(1)))
        .isInstanceOf(StoreRefusal.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 16, 28})
  void aDeclinedChargeLeavesTheGraceThatWasChosen(int days) {
    Subscription one = rig.month();
    rig.store().setGrace(one.original(), Duration.ofDays(days));
    rig.store().setCard(one.original(), true);
    advanceTo(months(1));

    assertThat(rig.now(one).phase())
        .isEqualTo(new Phase.Grace(months(1).plus(Duration.ofDays(days))));
    assertThat(rig.now(one).newest().grace()).isEqualTo(Duration.ofDays(days));
    advanceTo(months(1).plus(Duration.ofDays(days)));
    assertThat(rig.now(one).phase()).isInstanceOf(Phase.Retry.class);
    assertThat(rig.told())
        .containsExactly(
            "SUBSCRIBED/INITIAL_BUY", "DID_FAIL_TO_RENEW/GRACE_PERIOD", "GRACE_PERIOD_EXPIRED");
  }

  @Test
  void noOtherGraceCanBeChosen() {
    Subscription one = rig.month();

    assertThatThrownBy(() -> rig.store().setGrace(one.original(), Duration.ofDays(5)))
        .isInstanceOf(StoreRefusal.class);
  }

  @Test
  void paymentWithinTheGraceKeepsTheDay() {
    Subscription one = rig.month();
    rig.store().setCard(one.original(), true);
    advanceTo(months(1).plus(DAY));
    rig.store().setCard(one.original(), false);

    assertThat(rig.now(one).newest().start()).isEqualTo(months(1).plus(DAY));
    assertThat(rig.now(one).newest().term().until()).isEqualTo(months(2));
    assertThat(rig.now(one).newest().grace()).isNull();
  }

  @Test
  void paymentAfterTheGraceBeginsAnew() {
    Subscription one = rig.month();
    rig.store().setGrace(one.original(), Duration.ZERO);
    rig.store().setCard(one.original(), true);
    Instant later = months(1).plus(Duration.ofDays(20));
    advanceTo(later);
    rig.store().setCard(one.original(), false);

    assertThat(rig.now(one).newest().start()).isEqualTo(later);
    assertThat(rig.now(one).newest().term().until())
        .isEqualTo(later.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant());
    assertThat(rig.told()).last().isEqualTo("DID_RENEW/BILLING_RECOVERY");
  }

  @Test
  void theStoreGivesUpAfterSixtyDays() {
    Subscription one = rig.month();
    rig.store().setCard(one.original(), true);
    advanceTo(months(1).plus(Duration.ofDays(60)));

    assertThat(rig.now(one).phase()).isEqualTo(new Phase.Expired(2));
    assertThat(rig.now(one).renewal().on()).isFalse();
    assertThat(rig.told()).last().isEqualTo("EXPIRED/BILLING_RETRY");
  }

  @Test
  void whatIsCancelledEndsWithItsTerm() {
    Subscription one = rig.month();
    rig.store().cancel(one.original());
    advanceTo(months(1));

    assertThat(rig.now(one).phase()).isEqualTo(new Phase.Expired(1));
    assertThat(rig.told())
        .containsExactly(
            "SUBSCRIBED/INITIAL_BUY",
            "DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_DISABLED",
            "EXPIRED/VOLUNTARY");
  }

  @Test
  void whoeverDoesNotAgreeToAPriceIsNotCharged() {
    Subscription one = rig.month();
    rig.store().raisePrice(one.original());
    advanceTo(months(1));

    assertThat(rig.now(one).phase()).isEqualTo(new Phase.Expired(3));
    assertThat(rig.told()).last().isEqualTo("EXPIRED/PRICE_INCREASE");
  }

  @Test
  void whoeverAgreesToAPriceIsCharged() {
    Subscription one = rig.month();
    rig.store().raisePrice(one.original());
    rig.store().acceptPrice(one.original());
    advanceTo(months(1));

    assertThat(rig.now(one).cycles()).hasSize(2);
  }

  @Test
  void anExtensionMovesThisEndAndTheNext() {
    Subscription one = rig.month();
    rig.store().extend(one.original(), Duration.ofDays(14));
    advanceTo(months(1).plus(Duration.ofDays(14)));

    assertThat(rig.now(one).cycles().getFirst().term().until())
        .isEqualTo(months(1).plus(Duration.ofDays(14)));
    assertThat(rig.now(one).newest().start()).isEqualTo(months(1).plus(Duration.ofDays(14)));
  }

  @Test
  void everybodysExtensionEndsWithASummary() {
    rig.buy("one", SessionCatalogue.MONTH);
    rig.buy("two", SessionCatalogue.YEAR);
    rig.store().extendAll(Duration.ofDays(3));

    assertThat(rig.told())
        .endsWith("RENEWAL_EXTENDED", "RENEWAL_EXTENDED", "RENEWAL_EXTENSION/SUMMARY");
  }

  @Test
  void aCustomerHasOneSubscription() {
    rig.month();

    assertThatThrownBy(() -> rig.buy(SessionCatalogue.YEAR)).isInstanceOf(StoreRefusal.class);
  }

  @Test
  void whoSubscribesAgainHasTheSameSubscription() {
    Subscription one = rig.month();
    rig.store().cancel(one.original());
    advanceTo(months(2));
    rig.store()
        .resubscribe(one.original(), new Wish(Sale.of(SessionCatalogue.YEAR), AppleRig.TOKEN));

    assertThat(rig.now(one).cycles()).hasSize(2);
    assertThat(rig.now(one).phase()).isInstanceOf(Phase.Active.class);
    assertThat(rig.told()).last().isEqualTo("SUBSCRIBED/RESUBSCRIBE");
  }

  @Test
  void theClockNeverGoesBack() {
    rig.month();
    rig.clock.moveTo(T.minusSeconds(1));

    assertThatThrownBy(() -> rig.store().catchUp()).isInstanceOf(IllegalStateException.class);
  }
}
