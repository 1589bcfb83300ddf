package org.sessionpro.simulator.apple.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.apple.AppleRig.T;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.store.Cycle.Revocation;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

class RefundTest {
  private static final Instant END = T.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();

  private final AppleRig rig = new AppleRig();

  private Subscription refunded(Subscription one, TransactionId transaction) {
    rig.store().refund(transaction, 100, 0);
    return rig.now(one);
  }

  @Test
  void theRefundOfWhatRunsEndsIt() {
    Subscription one = rig.month();
    Subscription after = refunded(one, one.original());

    assertThat(after.phase()).isInstanceOf(Phase.Revoked.class);
    assertThat(after.renewal().on()).isFalse();
    assertThat(rig.told())
        .containsExactly(
            "SUBSCRIBED/INITIAL_BUY", "DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_DISABLED", "REFUND");
  }

  @Test
  void theRefundOfAnEarlierCycleTouchesNothingElse() {
    Subscription one = rig.month();
    rig.pass(Duration.ofDays(40));
    Subscription after = refunded(one, one.original());

    assertThat(after.phase()).isInstanceOf(Phase.Active.class);
    assertThat(after.renewal().on()).isTrue();
    assertThat(after.newest().revocation()).isNull();
    assertThat(after.cycles().getFirst().revocation()).isNotNull();
  }

  @Test
  void whatHasNotBegunCanBeRefundedAndTheRunningCycleStays() {
    Subscription one = rig.month();
    rig.store().chargeAhead(one.original(), Duration.ofDays(1));
    rig.clock.moveTo(END.minus(Duration.ofHours(3)));
    TransactionId next = rig.now(one).newest().ids().first();
    Subscription after = refunded(one, next);

    assertThat(after.phase()).isInstanceOf(Phase.Active.class);
    assertThat(after.counting()).isEqualTo(after.cycles().getFirst());
    rig.clock.moveTo(END);
    assertThat(rig.now(one).phase()).isEqualTo(new Phase.Expired(1));
  }

  @Test
  void aReversalRestoresWhatWasPaid() {
    Subscription one = rig.month();
    refunded(one, one.original());
    rig.pass(Duration.ofDays(3));
    rig.store().reverseRefund(one.original());

    assertThat(rig.now(one).phase()).isInstanceOf(Phase.Active.class);
    assertThat(rig.now(one).newest().revocation()).isNull();
    assertThat(rig.now(one).newest().term().until()).isEqualTo(END);
    assertThat(rig.told()).last().isEqualTo("REFUND_REVERSED");
  }

  @Test
  void aReversalAfterTheTermRestoresNoAccess() {
    Subscription one = rig.month();
    refunded(one, one.original());
    rig.pass(Duration.ofDays(60));
    rig.store().reverseRefund(one.original());

    assertThat(rig.now(one).phase()).isInstanceOf(Phase.Expired.class);
  }

  @Test
  void nothingIsRefundedTwice() {
    Subscription one = rig.month();
    refunded(one, one.original());

    assertThatThrownBy(() -> rig.store().refund(one.original(), 100, 0))
        .isInstanceOf(StoreRefusal.class);
  }

  @Test
  void aPartOfThePriceIsToldAsAPart() {
    Subscription one = rig.month();
    rig.store().refund(one.original(), 40, 1);

    assertThat(rig.now(one).newest().revocation())
        .isEqualTo(new Revocation(T, "REFUND_PRORATED", 1, 40_000));
  }

  @Test
  void aMemberOfTheFamilyGainsAndLoses() {
    Subscription one = rig.buy(SessionCatalogue.YEAR);
    Subscription share = rig.store().share(one.original(), new Customer("child"));
    assertThat(share.ownership()).isEqualTo(Ownership.FAMILY_SHARED);
    assertThat(share.newest().token()).isNull();
    rig.store().unshare(share.original());

    assertThat(Objects.requireNonNull(rig.now(share).newest().revocation()).type())
        .isEqualTo("FAMILY_REVOKE");
    assertThat(rig.now(one).phase()).isInstanceOf(Phase.Active.class);
    assertThat(rig.told()).last().isEqualTo("REVOKE");
  }

  @Test
  void aRestoredPaymentGoesByItsNewestTransaction() {
    Subscription one = rig.month();
    rig.store().restore(one.original());
    Cycle cycle = rig.now(one).newest();

    assertThat(cycle.ids().all()).hasSize(2).first().isEqualTo(one.original());
    assertThat(cycle.ids().told()).isNotEqualTo(one.original());
    assertThat(rig.store().subscription(cycle.ids().told()).original()).isEqualTo(one.original());
  }
}
