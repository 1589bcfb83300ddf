package org.sessionpro.simulator.apple.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.apple.AppleRig.TOKEN;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.catalogue.Product;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;

class ProductChangeTest {
  private final AppleRig rig = new AppleRig();

  private Subscription changed(Product from, Product to) {
    Subscription one = rig.buy(from);
    rig.pass(Duration.ofDays(3));
    rig.store().changeProduct(one.original(), new Wish(Sale.of(to), TOKEN));
    return rig.now(one);
  }

  @Test
  void anUpgradeTakesThePlaceOfWhatRan() {
    Subscription one = changed(SessionCatalogue.MONTH, SessionCatalogue.YEAR);

    Instant now = rig.clock.instant();
    assertThat(one.cycles().getFirst().standing().upgradedAt()).isEqualTo(now);
    assertThat(one.newest().start()).isEqualTo(now);
    assertThat(one.newest().reason()).isEqualTo(Cycle.Reason.PURCHASE);
    assertThat(rig.told()).last().isEqualTo("DID_CHANGE_RENEWAL_PREF/UPGRADE");
  }

  @Test
  void anUpgradeTakesThePlaceOfWhatWasChargedAheadToo() {
    Subscription one = rig.month();
    rig.store().chargeAhead(one.original(), Duration.ofDays(1));
    rig.pass(Duration.between(rig.clock.instant(), one.newest().end()).minusHours(12));
    assertThat(rig.now(one).cycles()).hasSize(2);

    rig.store().changeProduct(one.original(), new Wish(Sale.of(SessionCatalogue.YEAR), TOKEN));

    Instant now = rig.clock.instant();
    assertThat(rig.now(one).cycles())
        .extracting(cycle -> cycle.standing().upgradedAt())
        .containsExactly(now, now, null);
  }

  @Test
  void aDowngradeComesWithTheNextCycle() {
    Subscription one = changed(SessionCatalogue.YEAR, SessionCatalogue.MONTH);

    assertThat(one.cycles()).hasSize(1);
    assertThat(rig.told()).last().isEqualTo("DID_CHANGE_RENEWAL_PREF/DOWNGRADE");
    rig.pass(Duration.ofDays(370));
    assertThat(rig.now(one).cycles().get(1).sale().product()).isEqualTo(SessionCatalogue.MONTH);
    assertThat(rig.now(one).cycles().getFirst().standing().upgradedAt()).isNull();
  }

  @Test
  void aDowngradeThatIsPaidWithinTheGraceRunsFromTheEndOfWhatWasPaid() {
    Subscription one = changed(SessionCatalogue.QUARTER, SessionCatalogue.MONTH);
    rig.store().setGrace(one.original(), Duration.ofDays(16));
    rig.store().setCard(one.original(), true);
    Instant end = one.newest().end();
    rig.pass(Duration.between(rig.clock.instant(), end).plusDays(5));
    rig.store().setCard(one.original(), false);

    assertThat(rig.now(one).newest().end())
        .isEqualTo(end.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant());
  }

  @Test
  void rankDecidesNotLength() {
    rig.store().rank(SessionCatalogue.WEEK, 1);

    Subscription one = changed(SessionCatalogue.QUARTER, SessionCatalogue.WEEK);

    assertThat(one.newest().sale().product()).isEqualTo(SessionCatalogue.WEEK);
  }

  @Test
  void amongEqualsLengthDecides() {
    rig.store().rank(SessionCatalogue.QUARTER, 3);

    Subscription one = changed(SessionCatalogue.MONTH, SessionCatalogue.QUARTER);

    assertThat(one.cycles()).hasSize(1);
    assertThat(one.renewal().next().product()).isEqualTo(SessionCatalogue.QUARTER);
  }

  @Test
  void aDowngradeCanBeTakenBack() {
    Subscription one = changed(SessionCatalogue.YEAR, SessionCatalogue.MONTH);
    rig.store().changeProduct(one.original(), new Wish(Sale.of(SessionCatalogue.YEAR), TOKEN));

    assertThat(rig.now(one).renewal().next().product()).isEqualTo(SessionCatalogue.YEAR);
    assertThat(rig.now(one).cycles()).hasSize(1);
    assertThat(rig.told()).last().isEqualTo("DID_CHANGE_RENEWAL_PREF");
  }

  @Test
  void takingItBackMayCostAnew() {
    Subscription one = changed(SessionCatalogue.YEAR, SessionCatalogue.MONTH);
    rig.store().revertAfresh(one.original(), TOKEN);

    assertThat(rig.now(one).cycles()).hasSize(2);
    assertThat(rig.now(one).newest().sale().product()).isEqualTo(SessionCatalogue.YEAR);
    assertThat(rig.now(one).cycles().getFirst().standing().upgradedAt()).isNotNull();
    assertThat(rig.told()).last().isEqualTo("DID_CHANGE_RENEWAL_PREF");
  }

  @Test
  void whatIsOverCannotChange() {
    Subscription one = rig.month();
    rig.store().cancel(one.original());
    rig.pass(Duration.ofDays(40));

    assertThatThrownBy(() ->
            rig.store()
                .changeProduct(one.original(), new Wish(Sale.of(SessionCatalogue.YEAR), TOKEN)))
        .isInstanceOf(StoreRefusal.class);
  }

  @Test
  void anOfferForWhatRunsReducesTheNextCharge() {
    Subscription one = rig.month();
    Offer offer = new Offer("STAY", 3);
    rig.store()
        .redeem(one.original(), new Wish(new Sale(SessionCatalogue.MONTH, false, offer), TOKEN));
    assertThat(rig.told()).last().isEqualTo("OFFER_REDEEMED");
    rig.pass(Duration.ofDays(63));

    assertThat(rig.now(one).cycles())
        .extracting(cycle -> cycle.sale().offer())
        .containsExactly(null, offer, null);
  }
}
