package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.CREDIT;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.Money;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.Convergence.SubscriptionState;
import org.sessionpro.backend.store.google.Convergence.Waits;
import org.sessionpro.backend.store.google.ProductResource.Item;
import org.sessionpro.backend.store.google.ProductResource.State;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;

/// What is bought once is a credit (`google-play.md` §10, `decisions-stores.md` §2.1).
class OneTimeConvergeTest {
  private final Shelf shelf = new Shelf();

  private static ProductResource bought(int quantity) {
    return resource(State.PURCHASED, CREDIT, quantity, Shelf.ALICE_ID, false);
  }

  private static ProductResource resource(
      State state, ProductId product, int quantity, @Nullable Binding owner, boolean test) {
    return new ProductResource(
        state, new OrderId("once"), List.of(new Item(product, quantity)), owner, T, false, test);
  }

  private static ProductResource acknowledged(ProductId product, @Nullable Binding owner) {
    return new ProductResource(
        State.PURCHASED, new OrderId("once"), List.of(new Item(product, 1)), owner, T, true, false);
  }

  private void voided(Loss loss, @Nullable Integer quantity, HeardFrom source, Instant at) {
    shelf.hear(ONE, new LossHeard(loss, new OrderId("once"), quantity, null, at, source));
  }

  private Payment payment() {
    return shelf.payment(ONE, "once");
  }

  @Test
  void itGrantsItsLengthAsManyTimesAsItWasBought() {
    shelf.lookOnce(ONE, bought(2), day(1));

    assertThat(payment().credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(60), Duration.ofDays(60)));
    assertThat(payment().witnessed().product().plan()).isEqualTo(new Plan("30d"));
    assertThat(payment().witnessed().purchasedAt()).isEqualTo(T);
    assertThat(payment().witnessed().refundDeadline()).isEqualTo(day(2));
    assertThat(payment().requests().acknowledgement()).isEqualTo(Acknowledgement.OWED);
    assertThat(payment().isRenewing()).isFalse();
  }

  @Test
  void theSameRecordAgainYieldsNoFact() {
    shelf.lookOnce(ONE, bought(2), day(1));

    assertThat(((Applied) shelf.lookOnce(ONE, bought(2), day(2))).statements()).isEmpty();
  }

  @Test
  void whatSeemedToBeAcknowledgedIsOwedAgainIfGoogleSaysSoLater() {
    shelf.lookOnce(ONE, bought(1), T);
    shelf.add(ONE, "once", new Acknowledged(day(1), Acknowledgement.DONE));

    shelf.lookOnce(ONE, bought(1), day(2));

    assertThat(payment().requests().acknowledgement()).isEqualTo(Acknowledgement.OWED);
  }

  @Test
  void whatIsNotMappedIsParked() {
    assertThat(
            shelf.lookOnce(
                ONE, resource(State.PURCHASED, new ProductId("gift"), 1, Shelf.ALICE_ID, false), T))
        .isEqualTo(new Parked(Obstacle.UNKNOWN_PRODUCT, new Money.Refunded(day(3))));
  }

  @Test
  void whatIsNobodysIsParked() {
    assertThat(shelf.lookOnce(ONE, resource(State.PURCHASED, CREDIT, 1, null, false), T))
        .isEqualTo(new Parked(Obstacle.NO_OWNER, new Money.Refunded(day(3))));
  }

  @Test
  void nothingIsRefundedOfWhatWasAcknowledged() {
    assertThat(shelf.lookOnce(ONE, acknowledged(new ProductId("gift"), Shelf.ALICE_ID), T))
        .isEqualTo(new Parked(Obstacle.UNKNOWN_PRODUCT, new Money.Kept()));
    assertThat(shelf.lookOnce(ONE, acknowledged(CREDIT, null), T))
        .isEqualTo(new Parked(Obstacle.NO_OWNER, new Money.Kept()));
  }

  @Test
  void aTestersPurchaseIsParked() {
    assertThat(shelf.lookOnce(ONE, resource(State.PURCHASED, CREDIT, 1, Shelf.ALICE_ID, true), T))
        .isEqualTo(new Parked(Obstacle.TEST_PURCHASE, new Money.Past()));
  }

  @Test
  void aPendingPaymentIsWaitedForAndACanceledOneIsNot() {
    assertThat(shelf.lookOnce(ONE, resource(State.PENDING, CREDIT, 1, Shelf.ALICE_ID, false), T))
        .isInstanceOf(Waits.class);
    assertThat(shelf.lookOnce(ONE, resource(State.CANCELED, CREDIT, 1, Shelf.ALICE_ID, false), T))
        .isEqualTo(Applied.NOTHING);
  }

  @Test
  void aFullVoidTakesAllOfItBack() {
    shelf.lookOnce(ONE, bought(2), T);
    voided(Loss.VOIDED_FULL, null, HeardFrom.NOTIFICATION, day(3));

    shelf.lookOnce(ONE, canceled(), day(4));

    assertThat(payment().revocation()).isEqualTo(new Revocation(day(3), RevokedFor.VOIDED, false));
    assertThat(payment().requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
  }

  private static ProductResource canceled() {
    return resource(State.CANCELED, CREDIT, 2, Shelf.ALICE_ID, false);
  }

  @Test
  void whatTheRecordCallsCanceledIsTakenBackThoughNoVoidWasHeard() {
    shelf.lookOnce(ONE, bought(2), T);

    shelf.lookOnce(ONE, canceled(), day(3));

    assertThat(payment().revocation()).isEqualTo(new Revocation(day(3), RevokedFor.VOIDED, false));
    assertThat(payment().requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
    assertThat(((Applied) shelf.lookOnce(ONE, canceled(), day(4))).statements()).isEmpty();
  }

  @Test
  void aVoidThatIsHeardOfLaterTellsSinceWhenItIsCanceled() {
    shelf.lookOnce(ONE, bought(2), T);
    shelf.lookOnce(ONE, canceled(), day(3));
    voided(Loss.VOIDED_FULL, null, HeardFrom.VOID_LIST, day(2));

    shelf.lookOnce(ONE, canceled(), day(4));

    assertThat(payment().revocation()).isEqualTo(new Revocation(day(2), RevokedFor.VOIDED, false));
  }

  @Test
  void whatGoogleHasForgottenKeepsWhatWasHeardAgainstItAndOwesNothing() {
    shelf.lookOnce(ONE, bought(1), T);
    voided(Loss.VOIDED_FULL, null, HeardFrom.VOID_LIST, day(2));

    Applied gone = shelf.goneOnce(ONE, day(80));

    assertThat(payment().revocation()).isEqualTo(new Revocation(day(2), RevokedFor.VOIDED, false));
    assertThat(payment().requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
    assertThat(gone.alarms()).isEmpty();
    assertThat(shelf.goneOnce(ONE, day(81)).statements()).isEmpty();
  }

  @Test
  void whatGoogleHasForgottenAndNothingWasHeardAgainstStays() {
    shelf.lookOnce(ONE, bought(1), T);

    shelf.goneOnce(ONE, day(80));

    assertThat(payment().isStanding()).isTrue();
  }

  @Test
  void whetherATesterBoughtItIsKept() {
    Catalogue testers =
        new Catalogue(
            Shelf.CATALOGUE.subscription(),
            Shelf.CATALOGUE.basePlans(),
            Shelf.CATALOGUE.oneTime(),
            true);

    Convergence verdict =
        new Shelf(testers)
            .lookOnce(ONE, resource(State.PURCHASED, CREDIT, 1, Shelf.ALICE_ID, true), T);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Applied.class,
            applied ->
                assertThat(applied.state())
                    .isEqualTo(new SubscriptionState(T, null, null, null, null, true)));
  }

  @Test
  void aVoidHeardFirstMeetsThePurchaseWhenItIsKnown() {
    voided(Loss.VOIDED_FULL, null, HeardFrom.NOTIFICATION, day(3));

    shelf.lookOnce(ONE, bought(1), day(4));

    assertThat(payment().isStanding()).isFalse();
  }

  @Test
  void howManyWentBackIsKnownFromTheListOnly() {
    shelf.lookOnce(ONE, bought(3), T);
    voided(Loss.VOIDED_PARTIAL, null, HeardFrom.NOTIFICATION, day(3));
    assertThat(((Applied) shelf.lookOnce(ONE, bought(3), day(3))).statements()).isEmpty();

    voided(Loss.VOIDED_PARTIAL, 1, HeardFrom.VOID_LIST, day(3));
    Applied applied = (Applied) shelf.lookOnce(ONE, bought(3), day(4));

    assertThat(payment().credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(60), Duration.ofDays(60)));
    assertThat(applied.alarms()).containsExactly(Alarm.REFUNDED_IN_PART);
    assertThat(shelf.lookOnce(ONE, bought(3), day(5)))
        .isInstanceOfSatisfying(
            Applied.class,
            again -> {
              assertThat(again.statements()).isEmpty();
              assertThat(again.alarms()).isEmpty();
            });
  }

  @Test
  void aPartThatIsStatedAgainWithItsReasonWentBackOnce() {
    shelf.lookOnce(ONE, bought(3), T);
    voided(Loss.VOIDED_PARTIAL, 1, HeardFrom.VOID_LIST, day(3));
    shelf.hear(
        ONE,
        new LossHeard(Loss.VOIDED_PARTIAL, new OrderId("once"), 1, 7, day(3), HeardFrom.VOID_LIST));

    shelf.lookOnce(ONE, bought(3), day(4));

    assertThat(payment().credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(60), Duration.ofDays(60)));
  }

  @Test
  void whatWentBackInPartsAddsUpToAllOfIt() {
    shelf.lookOnce(ONE, bought(3), T);
    voided(Loss.VOIDED_PARTIAL, 1, HeardFrom.VOID_LIST, day(3));
    voided(Loss.VOIDED_PARTIAL, 2, HeardFrom.VOID_LIST, day(5));

    shelf.lookOnce(ONE, bought(3), day(6));

    assertThat(payment().revocation()).isEqualTo(new Revocation(day(5), RevokedFor.VOIDED, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7d", "90d", ""})
  void whatAPartGrantedIsTakenBackWhateverItWouldGrantByNow(String plan) {
    shelf.lookOnce(ONE, bought(2), T);
    voided(Loss.VOIDED_PARTIAL, 1, HeardFrom.VOID_LIST, day(3));

    shelf.reconfigured(plan.isEmpty() ? Map.of() : Map.of(CREDIT, new Plan(plan)));
    shelf.lookOnce(ONE, bought(2), day(4));

    assertThat(payment().credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(30), Duration.ofDays(30)));
  }

  private static ProductResource withoutOrder(State state) {
    return new ProductResource(
        state, null, List.of(new Item(CREDIT, 1)), Shelf.ALICE_ID, T, false, false);
  }

  @Test
  void whatACodePaidForIsAPaymentWithoutOrder() {
    shelf.lookOnce(ONE, withoutOrder(State.PURCHASED), day(1));

    assertThat(shelf.payment(ONE, "").credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(30), Duration.ofDays(30)));
    assertThat(shelf.payment(ONE, "").requests().acknowledgement()).isEqualTo(Acknowledgement.OWED);
  }

  @Test
  void soItStaysThoughTheRecordNamesAnOrderLater() {
    shelf.lookOnce(ONE, withoutOrder(State.PURCHASED), day(1));

    shelf.lookOnce(ONE, bought(1), day(2));

    assertThat(shelf.payments(ONE)).hasSize(1);
  }

  @Test
  void whatHasNoOrderIsTakenBackByAnyVoid() {
    shelf.lookOnce(ONE, withoutOrder(State.PURCHASED), day(1));
    voided(Loss.VOIDED_FULL, null, HeardFrom.VOID_LIST, day(2));

    shelf.lookOnce(ONE, withoutOrder(State.CANCELED), day(3));

    assertThat(shelf.payment(ONE, "").revocation())
        .isEqualTo(new Revocation(day(2), RevokedFor.VOIDED, false));
  }

  /// Two of thirty days, one of a week, and one of nothing that is ours.
  private ProductResource mixed() {
    ProductId week = new ProductId("week");
    shelf.reconfigured(Map.of(CREDIT, new Plan("30d"), week, new Plan("7d")));
    return new ProductResource(
        State.PURCHASED,
        new OrderId("once"),
        List.of(new Item(CREDIT, 2), new Item(week, 1), new Item(new ProductId("sticker"), 1)),
        Shelf.ALICE_ID,
        T,
        false,
        false);
  }

  @Test
  void anOrderOfSeveralProductsGrantsAllOfThem() {
    shelf.lookOnce(ONE, mixed(), T);

    assertThat(payment().credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(67), Duration.ofDays(67)));
    assertThat(payment().witnessed().product().plan()).isEqualTo(new Plan("67d"));
  }

  @Test
  void aPartOfThemThatNobodyNamesIsAnAlarm() {
    shelf.lookOnce(ONE, mixed(), T);
    voided(Loss.VOIDED_PARTIAL, 1, HeardFrom.VOID_LIST, day(3));

    Applied applied = (Applied) shelf.lookOnce(ONE, mixed(), day(4));

    assertThat(applied.alarms()).containsExactly(Alarm.REFUNDED_IN_SOME_PART);
    assertThat(applied.statements()).isEmpty();
  }
}
