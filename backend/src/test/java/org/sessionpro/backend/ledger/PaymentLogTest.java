package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;

/// One line for each thing that concerns money (`operator-v1.md` §5).
@ParameterizedClass
@EnumSource(Engine.class)
class PaymentLogTest {
  private static final IdentifierMask MASK =
      IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom());
  private static final PurchaseToken TOKEN = new PurchaseToken("token");
  private static final OrderId ORDER = new OrderId("order");
  private static final OrderId NEXT_ORDER = new OrderId("next");
  private static final String NAME = ": " + MASK.of(TOKEN) + " " + MASK.of(ORDER);
  private static final String NEXT = ": " + MASK.of(TOKEN) + " " + MASK.of(NEXT_ORDER);

  @Parameter Engine engine;
  @TempDir Path folder;
  private final LogLines log = new LogLines();
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger =
        new Ledger(
            engine.open(folder),
            Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom()))
                .toldTo(PaymentLog.masked(MASK)));
  }

  @AfterEach
  void close() {
    ledger.close();
    log.close();
  }

  private void bought() {
    record(LedgerFixture.googleCycle("token", "order", T, day(30), rawKey(ALICE)), T);
  }

  private void boughtAndBound() {
    bought();
    ledger.visit(ALICE, T, T).bind();
    log.forget();
  }

  private void state(Instant now, PaymentFact... facts) {
    record(Statement.of(PaymentKey.google(TOKEN, ORDER), facts), now);
  }

  private static Statement renewal() {
    return LedgerFixture.googleCycle("token", "next", day(30), day(60), rawKey(ALICE));
  }

  private void record(Statement statement, Instant now) {
    ledger.record(List.of(statement), now);
  }

  private static TermsStated terms(boolean renewing, Duration grace, Instant at) {
    return new TermsStated(day(30), grace, renewing, false, at, true);
  }

  private void assertTold(String... events) {
    assertThat(log.at(Level.INFO)).containsExactly(events);
  }

  @Test
  void whatNobodyHasYetIsLeftToClaim() {
    bought();

    assertTold("registered and left to claim" + NAME);
  }

  @Test
  void aClaimIsALine() {
    bought();
    log.forget();

    ledger.visit(ALICE, T, T).bind();

    assertTold("bound" + NAME);
  }

  @Test
  void aVoucherIsBoundAtOnce() {
    new VoucherMint(ledger).mint(ALICE, new Plan("1m"), Duration.ofDays(30), T);

    assertThat(log.at(Level.INFO))
        .singleElement()
        .asString()
        .matches("registered and bound at once: order:[0-9a-f]{10}");
  }

  @Test
  void theNextCycleOfWhatSomebodyOwnsIsARenewal() {
    boughtAndBound();

    record(renewal(), day(30));

    assertTold("renewed" + NEXT);
  }

  @Test
  void aCancellationIsALine() {
    boughtAndBound();

    state(day(1), terms(false, Duration.ZERO, day(1)));

    assertTold("cancelled" + NAME);
  }

  @Test
  void theEndOfAnEarlierCycleIsNoCancellation() {
    boughtAndBound();
    record(renewal(), day(30));
    log.forget();

    state(day(30), terms(false, Duration.ZERO, day(30)));

    assertTold();
  }

  @Test
  void aRenewalThatEndsTheCycleBeforeIsNoCancellation() {
    boughtAndBound();

    Statement ended =
        Statement.of(PaymentKey.google(TOKEN, ORDER), terms(false, Duration.ZERO, day(30)));
    ledger.record(List.of(ended, renewal()), day(30));

    assertTold("renewed" + NEXT);
  }

  @Test
  void theNewestCycleIsCancelledThoughThereAreEarlierOnes() {
    boughtAndBound();
    record(renewal(), day(30));
    log.forget();

    record(
        Statement.of(
            PaymentKey.google(TOKEN, NEXT_ORDER),
            new TermsStated(null, null, false, null, day(31), true)),
        day(31));

    assertTold("cancelled" + NEXT);
  }

  /// As converges say it: only the newest cycle is renewed.
  private void renew(Instant now) {
    Statement former =
        Statement.of(PaymentKey.google(TOKEN, ORDER), terms(false, Duration.ofDays(3), now));
    ledger.record(List.of(former, renewal()), now);
  }

  @Test
  void aRenewalEndsTheGraceOfTheCycleBefore() {
    boughtAndBound();
    state(day(30), terms(true, Duration.ofDays(3), day(30)));
    log.forget();

    renew(day(31));

    assertThat(log.at(Level.INFO))
        .containsExactlyInAnyOrder("grace ended" + NAME, "renewed" + NEXT);
  }

  @Test
  void aRenewalAfterTheGraceDoesNotEndItOnceMore() {
    boughtAndBound();
    state(day(30), terms(true, Duration.ofDays(3), day(30)));
    log.forget();

    renew(day(50));

    assertTold("renewed" + NEXT);
  }

  @Test
  void aRenewalThatTakesTheGraceBackEndsItOnce() {
    boughtAndBound();
    state(day(30), terms(true, Duration.ofDays(3), day(30)));
    log.forget();

    Statement ended =
        Statement.of(PaymentKey.google(TOKEN, ORDER), terms(false, Duration.ZERO, day(31)));
    ledger.record(List.of(ended, renewal()), day(31));

    assertThat(log.at(Level.INFO))
        .containsExactlyInAnyOrder("grace ended" + NAME, "renewed" + NEXT);
  }

  @Test
  void aGraceThatTheStoreTakesBackIsALineAtItsBeginningAndAtItsEnd() {
    boughtAndBound();

    state(day(30), terms(true, Duration.ofDays(3), day(30)));
    assertTold("grace entered" + NAME);
    log.forget();
    state(day(31), terms(true, Duration.ZERO, day(31)));
    assertTold("grace ended" + NAME);
  }

  @Test
  void aCancellationEndsTheGrace() {
    boughtAndBound();
    state(day(30), terms(true, Duration.ofDays(3), day(30)));
    log.forget();

    state(day(31), terms(false, Duration.ofDays(3), day(31)));

    assertTold("cancelled" + NAME, "grace ended" + NAME);
  }

  /// The store says at that instant how the subscription stands.
  private void hear(Instant at, PaymentFact... facts) {
    List<Statement> statements =
        facts.length == 0
            ? List.of()
            : List.of(Statement.of(PaymentKey.google(TOKEN, ORDER), facts));
    SubscriptionState state = new SubscriptionState(at, "ANY", null, null, null, null, false);
    ledger
        .subscriptions()
        .converge(
            SubscriptionKey.google(TOKEN),
            List.of(),
            Premise.none(),
            _ ->
                new Ruling<>(
                    statements, List.of(), state, InTransaction.nothing(), Reading.COMPARED, at),
            at);
  }

  private void heardInGrace() {
    boughtAndBound();
    hear(day(30), terms(true, Duration.ofDays(3), day(30)));
    assertTold("grace entered" + NAME);
    log.forget();
  }

  @Test
  void aGraceThatRunsOutUnpaidEndsWithTheNextWordOfTheStore() {
    heardInGrace();

    hear(day(33));

    assertTold("grace ended" + NAME);
  }

  @Test
  void aGraceThatRanOutEndsOnce() {
    heardInGrace();
    hear(day(33));
    log.forget();

    hear(day(34));
    hear(day(60), terms(false, Duration.ofDays(3), day(60)));

    assertTold("cancelled" + NAME);
  }

  @Test
  void aGraceGoesOnUntilItsEnd() {
    heardInGrace();

    hear(day(33).minusNanos(1_000));

    assertTold();
  }

  @Test
  void aGraceThatRanOutWhileNothingWasHeardEndsOnce() {
    heardInGrace();

    hear(day(60), terms(false, Duration.ofDays(3), day(60)));

    assertTold("cancelled" + NAME, "grace ended" + NAME);
  }

  @Test
  void aRefundIsALine() {
    boughtAndBound();

    state(day(1), new Revoked(day(1), RevokedFor.REFUND, false));

    assertTold("taken back (refund)" + NAME);
  }

  @Test
  void aReinstatementIsALine() {
    boughtAndBound();
    state(day(1), new Revoked(day(1), RevokedFor.REFUND, false));
    log.forget();

    state(day(2), new Reinstated(day(2)));

    assertTold("reinstated" + NAME);
  }

  @Test
  void anAcknowledgementIsALine() {
    boughtAndBound();

    state(day(1), new Acknowledged(day(1), Acknowledgement.DONE));

    assertTold("acknowledged" + NAME);
  }

  @Test
  void whatIsSaidAgainIsNoLine() {
    boughtAndBound();
    state(day(1), new Acknowledged(day(1), Acknowledgement.DONE));
    log.forget();

    state(day(2), new Acknowledged(day(2), Acknowledgement.DONE));

    assertTold();
  }
}
