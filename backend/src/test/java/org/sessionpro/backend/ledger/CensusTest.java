package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.googleCycle;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// Each figure of a census at its edges. Periods of ten days, of which the last one runs.
@ParameterizedClass
@EnumSource(Engine.class)
class CensusTest {
  private static final Instant NOW = day(65);

  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  /// Alice's, from one day to another.
  private void buy(String token, String order, int from, int until) {
    buy(token, order, day(from), day(until));
  }

  private void buy(String token, String order, Instant from, Instant until) {
    it.record(googleCycle(token, order, from, until, rawKey(ALICE)), from);
    it.ledger.visit(ALICE, from, from).bind();
  }

  private void say(String token, String order, PaymentFact... facts) {
    Statement statement =
        Statement.of(PaymentKey.google(new PurchaseToken(token), new OrderId(order)), facts);
    it.record(statement, facts[0].happenedAt());
  }

  private static TermsStated renewing(boolean flag, int at) {
    return new TermsStated(null, null, flag, null, day(at), true);
  }

  private List<Long> count(Figure figure) {
    return count(figure, NOW);
  }

  /// Days 0 to 70 in periods of ten days.
  private List<Long> count(Figure figure, Instant now) {
    List<Instant> bounds = IntStream.rangeClosed(0, 7).mapToObj(i -> day(i * 10L)).toList();
    Periods periods = new Periods(bounds, now);
    Census census =
        it.database.snapshot(
            handle -> new CensusTaker(handle, periods, RenewalAllowance.DEFAULT, _ -> {}).take());
    return IntStream.range(0, 7).mapToObj(i -> census.count(figure, i)).toList();
  }

  private static List<Long> counts(long... counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  @Test
  void anAccountIsActiveAtTheEndOfEachPeriodOfItsTerm() {
    buy("A", "1", 5, 30);

    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(1, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void aTermThatEndsWithThePeriodIsActiveAtItsEnd() {
    buy("A", "1", day(5), day(20).minus(1, ChronoUnit.MICROS));

    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void theRunningPeriodIsLookedAtNow() {
    buy("A", "1", 50, 67);

    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(0, 0, 0, 0, 0, 1, 1));
  }

  @Test
  void severalPaymentsOfAnAccountAreOneActiveUser() {
    buy("A", "1", 5, 35);
    buy("B", "1", 6, 36);

    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(1, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void aRefundTakesNothingFromThePeriodsBeforeIt() {
    buy("A", "1", 5, 40);
    say("A", "1", new Revoked(day(20), RevokedFor.REFUND, false));

    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void aLiveCreditIsActive() {
    it.voucher(ALICE, 40, day(15));

    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(0, 1, 1, 1, 1, 0, 0));
    assertThat(count(Figure.ACTIVE_FOUNDATION)).isEqualTo(counts(0, 1, 1, 1, 1, 0, 0));
  }

  @Test
  void aCreditThatWaitsBehindASubscriptionIsActiveForAsLongAsTheAccountIs() {
    buy("A", "1", 5, 30);
    say("A", "1", renewing(false, 6));
    it.voucher(ALICE, 20, day(15));

    assertThat(count(Figure.ACTIVE_FOUNDATION)).isEqualTo(counts(0, 1, 1, 1, 1, 0, 0));
  }

  @Test
  void whatNobodyOwnsIsUnredeemedAndNobodyIsActive() {
    it.record(googleCycle("A", "1", day(5), day(35), rawKey(ALICE)), day(5));

    assertThat(count(Figure.UNREDEEMED)).isEqualTo(counts(1, 0, 0, 0, 0, 0, 0));
    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void whatWasTakenBackIsNotUnredeemed() {
    it.record(googleCycle("A", "1", day(5), day(35), rawKey(ALICE)), day(5));
    say("A", "1", new Revoked(day(7), RevokedFor.REFUND, false));

    assertThat(count(Figure.UNREDEEMED)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void renewalsAreNewPaymentsOfNoNewSubscriber() {
    buy("A", "1", 5, 35);
    buy("A", "2", 35, 65);

    assertThat(count(Figure.NEW_SUBS)).isEqualTo(counts(1, 0, 0, 1, 0, 0, 0));
    assertThat(count(Figure.RENEWALS)).isEqualTo(counts(0, 0, 0, 1, 0, 0, 0));
    assertThat(count(Figure.NEW_SUBSCRIBERS)).isEqualTo(counts(1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void purchasesAreToldApartByStoreAndPlan() {
    buy("A", "1", 5, 35);
    it.voucher(BOB, 7, day(6));

    assertThat(Stream.of(Figure.GOOGLE, Figure.FOUNDATION, Figure.PLAN_1M, Figure.PLAN_OTHER))
        .allSatisfy(figure -> assertThat(count(figure)).isEqualTo(counts(1, 0, 0, 0, 0, 0, 0)));
    assertThat(count(Figure.APPLE)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void whatAnUpgradeReplacedIsRevokedAndNotRefunded() {
    buy("A", "1", 5, 35);
    buy("B", "1", 5, 35);
    say("A", "1", new Revoked(day(15), RevokedFor.SUPERSEDED, false));
    say("B", "1", new Revoked(day(25), RevokedFor.OPERATOR, false));

    assertThat(count(Figure.REVOKED)).isEqualTo(counts(0, 1, 1, 0, 0, 0, 0));
    assertThat(count(Figure.REFUNDED)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void moneyThatWentBackCountsAlsoWhereNothingWasTaken() {
    buy("A", "1", 5, 35);
    buy("B", "1", 5, 35);
    say("A", "1", new Revoked(day(15), RevokedFor.REFUND, false));
    say("B", "1", new Voided(day(25)));

    assertThat(count(Figure.REFUNDED)).isEqualTo(counts(0, 1, 1, 0, 0, 0, 0));
    assertThat(count(Figure.REVOKED)).isEqualTo(counts(0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void aRefundThatWasAskedForCountsWhenItWas() {
    buy("A", "1", 5, 35);
    say("A", "1", new RefundRequested(day(16), day(15)));

    assertThat(count(Figure.REFUNDS_INITIATED)).isEqualTo(counts(0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void onlyTheLastCycleOfASubscriptionIsCancelling() {
    buy("A", "1", 5, 35);
    say("A", "1", renewing(false, 35));
    buy("A", "2", 35, 68);
    say("A", "2", renewing(false, 40));

    assertThat(count(Figure.CANCELLING)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 1));
  }

  @Test
  void aRenewalThatWasRefundedBeforeItBeganDoesNotRenew() {
    buy("A", "1", 5, 35);
    say("A", "1", renewing(false, 6));
    buy("A", "2", 36, 66);
    say("A", "2", new Revoked(day(34), RevokedFor.REFUND, false));

    assertThat(count(Figure.CANCELLING)).isEqualTo(counts(0, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void whoeverIsNotServedAnyMoreHasChurned() {
    buy("A", "1", 5, 35);
    say("A", "1", renewing(false, 6));

    assertThat(count(Figure.CHURNED)).isEqualTo(counts(0, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void whoeverWasServedWhenTheFirstPeriodBeganMayChurnInIt() {
    buy("A", "1", -20, 5);
    say("A", "1", renewing(false, -19));

    assertThat(count(Figure.CHURNED)).isEqualTo(counts(1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void whoeverIsInGraceHasNotChurnedYet() {
    buy("A", "1", 5, 35);
    say("A", "1", new TermsStated(null, Duration.ofDays(7), true, true, day(35), true));

    assertThat(count(Figure.CHURNED)).isEqualTo(counts(0, 0, 0, 0, 1, 0, 0));
    assertThat(count(Figure.ACTIVE_USERS)).isEqualTo(counts(1, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void aRenewalWithinTheAllowanceIsNoChurn() {
    buy("A", "1", day(5), day(30).minusSeconds(60));
    say("A", "1", renewing(false, 30));
    buy("A", "2", day(30).plusSeconds(60), day(100));

    assertThat(count(Figure.CHURNED)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void graceIsEnteredWhereTheTermEnds() {
    buy("A", "1", 5, 35);
    say("A", "1", new TermsStated(null, Duration.ofDays(16), true, true, day(36), true));

    assertThat(count(Figure.ENTERED_GRACE)).isEqualTo(counts(0, 0, 0, 1, 0, 0, 0));
    assertThat(count(Figure.BILLING_RETRY)).isEqualTo(counts(0, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void whatIsRenewedInTimeDoesNotEnterItsGrace() {
    buy("A", "1", 5, 35);
    say("A", "1", new TermsStated(null, Duration.ofDays(16), true, false, day(6), true));
    buy("A", "2", 35, 65);

    assertThat(count(Figure.ENTERED_GRACE)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void whatIsCancelledInTimeDoesNotEnterItsGrace() {
    buy("A", "1", 5, 35);
    say("A", "1", new TermsStated(null, Duration.ofDays(16), false, false, day(6), true));

    assertThat(count(Figure.ENTERED_GRACE)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void graceThatLiesAheadIsNotEntered() {
    buy("A", "1", 5, 67);
    say("A", "1", new TermsStated(null, Duration.ofDays(16), true, false, day(6), true));

    assertThat(count(Figure.ENTERED_GRACE)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aRetryThatEndedCountsWhereItBegan() {
    buy("A", "1", 5, 35);
    say("A", "1", new TermsStated(null, null, null, true, day(36), true));
    say("A", "1", new TermsStated(null, null, null, false, day(45), true));
    say("A", "1", new TermsStated(null, null, null, true, day(46), true));

    assertThat(count(Figure.BILLING_RETRY)).isEqualTo(counts(0, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void moneyThatIsShownTwiceCountsOnce() {
    buy("A", "1", 5, 35);
    say("A", "1", new Hidden(day(6)));
    buy("B", "1", 5, 35);

    assertThat(count(Figure.NEW_SUBS)).isEqualTo(counts(1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void nobodyHasChurnedInAPeriodToCome() {
    buy("A", "1", 50, 68);
    say("A", "1", renewing(false, 51));

    assertThat(count(Figure.CHURNED, day(55))).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void anEmptyLedgerCountsNothing() {
    assertThat(Figure.values())
        .allSatisfy(figure -> assertThat(count(figure)).isEqualTo(counts(0, 0, 0, 0, 0, 0, 0)));
  }
}
