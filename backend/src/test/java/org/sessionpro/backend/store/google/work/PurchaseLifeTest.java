package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.work.WorkRig.ALICE;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.pubsub.Handling;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// What becomes of purchases, from their notification to their end.
@ParameterizedClass
@EnumSource(Engine.class)
class PurchaseLifeTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private WorkRig it;

  @BeforeEach
  void start() {
    it = new WorkRig(engine, folder);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void aPurchaseIsKeptForItsOwnerAndAcknowledged() {
    PurchaseToken token = it.google().buy(ALICE);

    it.settle();

    Payment payment = it.payment(token);
    assertThat(payment.isUnclaimed()).isTrue();
    assertThat(payment.requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
    assertThat(it.google().calls("acknowledge")).isEqualTo(1);
    assertThat(it.owed()).isEmpty();
    assertThat(it.google().unacknowledgedMessages()).isZero();

    it.touch();
    assertThat(it.payment(token).owner()).isNotNull();
  }

  @Test
  void whatIsTakenFromTheMapsWhileAnAcknowledgementIsOwedIsAcknowledgedAllTheSame() {
    PurchaseToken month = it.google().buy(ALICE);
    PurchaseToken once = it.google().buyOnce(ALICE, 1);
    assertThat(it.pull().once().kept()).isEqualTo(2);
    assertThat(it.work()).containsExactly(new Outcome.Done(), new Outcome.Done());

    it.restart(it.google().settings(Map.of(), Map.of()).catalogue());
    it.settle();

    assertThat(it.google().calls("acknowledge")).isEqualTo(1);
    assertThat(it.google().calls("acknowledge-product")).isEqualTo(1);
    for (PurchaseToken token : List.of(month, once)) {
      assertThat(it.payment(token).requests().acknowledgement()).isEqualTo(Acknowledgement.DONE);
    }
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void aRenewalIsTheOwnersAtOnceAndOwesNothing() {
    PurchaseToken token = it.google().buy(ALICE);
    it.settle();
    it.touch();

    it.google().advance(Duration.ofDays(32));
    it.settle();

    assertThat(it.payments(token)).hasSize(2);
    assertThat(it.payment(token).owner()).isNotNull();
    assertThat(it.google().calls("acknowledge")).isEqualTo(1);
  }

  /// What became of payments, in words, without their names.
  private static List<String> told(LogLines log) {
    List<String> events =
        log.at(Level.INFO).stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
    log.forget();
    return events;
  }

  private void daysGoBy(int days) {
    for (int day = 0; day < days; day++) {
      it.google().advance(Duration.ofDays(1));
      it.settle();
    }
  }

  @Test
  void aGraceThatRunsOutUnpaidIsOneLineWhenTheHoldBegins() {
    PurchaseToken token = it.google().buy(ALICE);
    it.settle();
    it.touch();
    it.google().store().setCard(token, true);
    try (LogLines log = new LogLines()) {
      daysGoBy(32);
      assertThat(told(log)).containsExactly("grace entered");

      daysGoBy(10);
      assertThat(told(log)).containsExactly("grace ended");

      it.google().store().setCard(token, false);
      it.settle();
      assertThat(told(log)).containsExactly("renewed");
    }
  }

  @Test
  void whatOnlyTheOwnerOfAFormerPurchaseTellsOfIsLookedAtAgainOnceThatHasOne() {
    PurchaseToken former = it.google().buy(ALICE);
    it.settle();
    it.google().store().cancel(former, Canceler.USER);
    it.google().advance(Duration.ofDays(32));
    PurchaseToken again =
        it.google().store().buyOutOfApp(former, new OutOfApp(null, former)).token();
    it.settle();
    assertThat(it.parked()).containsExactly(ParkReason.NO_OWNER);

    it.touch();
    it.settle();

    assertThat(it.payment(again).owner()).isNotNull();
    assertThat(it.owed()).isEmpty();
    assertThat(it.google().store().subscription(again).acknowledgement().isGiven()).isTrue();
  }

  @Test
  void aRenewalOfWhatWasTakenOverWithoutIdIsLookedAtAgainOnceThatHasAnOwner() {
    PurchaseToken token = it.google().buy(null);
    PaymentKey former = PaymentKey.google(token, new OrderId("taken over"));
    Instant bought = it.now().minus(Duration.ofDays(30));
    it.ledger()
        .record(
            List.of(
                Statement.of(
                    former,
                    new Witnessed(
                        Product.of(new Plan("1m")),
                        bought,
                        null,
                        true,
                        bought,
                        Source.IMPORT,
                        null),
                    new TermsStated(it.now(), null, true, false, bought, true))),
            it.now());
    it.settle();
    assertThat(it.parked()).containsExactly(ParkReason.NO_OWNER);

    Statement.Claim claimed = new Statement.Claim(ALICE, it.now(), ClaimedBy.ADD);
    it.ledger().record(List.of(new Statement(former, List.of(), claimed)), it.now());
    it.settle();

    assertThat(it.payment(token).owner()).isNotNull();
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void aRefundTakesBackWhatItRefunds() {
    PurchaseToken token = it.google().buy(ALICE);
    it.settle();
    it.touch();
    it.google().refund(token);
    it.settle();

    assertThat(it.payment(token).isStanding()).isFalse();
    Account account = it.ledger().account(ALICE).orElseThrow();
    assertThat(account.generation().isRevoked()).isTrue();
    assertThat(account.isActiveAt(it.now(), RenewalAllowance.DEFAULT)).isFalse();
    assertThat(it.owed()).isEmpty();
  }

  private Outcome heldUntil(Instant until) {
    return new Outcome.Waits(until, "the record may be behind what was heard");
  }

  @Test
  void aRecordThatIsBehindARevocationIsReadAgainForAnHour() {
    PurchaseToken token = it.google().buy(ALICE);
    it.settle();
    it.google().fail("read", Fault.UNTIL_CLEARED, new Effect.Former());
    it.google().refund(token);
    assertThat(it.pull().once().isEmpty()).isFalse();
    Instant first = it.now();

    assertThat(it.work()).containsExactly(heldUntil(first.plus(Duration.ofMinutes(1))));
    it.google().advance(Duration.ofMinutes(1));
    assertThat(it.work()).containsExactly(heldUntil(first.plus(Duration.ofMinutes(5))));
    assertThat(it.payment(token).isStanding()).isTrue();
    it.google().advance(Duration.ofHours(1));
    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.payment(token).isStanding()).isFalse();
  }

  @Test
  void soIsOneThatIsBehindARefundWhoseRevocationWasLost() {
    PurchaseToken token = it.google().buy(ALICE);
    it.settle();
    it.google().fail("read", 2, new Effect.Former());
    it.google().lose(SubscriptionEvent.REVOKED);
    it.google().refund(token);
    assertThat(it.pull().once().isEmpty()).isFalse();

    Instant next = it.now().plus(Duration.ofMinutes(1));
    assertThat(it.work())
        .containsExactly(new Outcome.Again(next, "the record may be behind a refund"));
    assertThat(it.payment(token).isStanding()).isTrue();
    it.google().advance(Duration.ofMinutes(1));
    assertThat(it.work()).hasSize(1);
    it.google().advance(Duration.ofMinutes(5));
    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.payment(token).isStanding()).isFalse();
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whatOnlyTheAcknowledgementReadsIsLookedAt() {
    PurchaseToken token = it.google().buy(ALICE);
    it.google().store().cancel(token, PlayStore.Canceler.USER);
    it.google().fail("read", 1, new Effect.Former());
    assertThat(it.pull().once().isEmpty()).isFalse();
    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(it.payment(token).isRenewing()).isTrue();
    it.google().advance(Duration.ofSeconds(1));

    it.settle();

    assertThat(it.payment(token).isRenewing()).isFalse();
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whatIsAcknowledgedAsItIsKnownIsNotLookedAtAgain() {
    it.google().buy(ALICE);

    it.settle();

    assertThat(it.google().calls("read")).isEqualTo(2);
  }

  @Test
  void repeatedMessagesChangeNothing() {
    it.google().deliver(new Handling.Repeated(5, true));
    PurchaseToken token = it.google().buy(ALICE);

    it.settle();

    assertThat(it.payments(token)).hasSize(1);
    assertThat(it.google().unacknowledgedMessages()).isZero();
  }

  @Test
  void aCreditIsKeptAndAcknowledged() {
    PurchaseToken token = it.google().buyOnce(ALICE, 2);

    it.settle();

    assertThat(it.payment(token).credit())
        .isEqualTo(new Payment.Credit(Duration.ofDays(60), Duration.ofDays(60)));
    assertThat(it.google().calls("acknowledge-product")).isEqualTo(1);
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whoLostTheItemWritesNothing() {
    PurchaseToken token = it.google().buy(ALICE);
    assertThat(it.pull().once().kept()).isEqualTo(1);
    Claim slow = it.claim().getFirst();
    it.google().advance(Duration.ofMinutes(2));
    List<Claim> next = it.claim();

    assertThat(it.handle(slow)).isInstanceOf(Outcome.Unfinished.class);
    assertThat(it.payments(token)).isEmpty();
    assertThat(it.handle(next.getFirst())).isInstanceOf(Outcome.Done.class);
    assertThat(it.payments(token)).hasSize(1);
  }

  @Test
  void whatCannotBeKeptIsGivenBack() {
    it.google().buy(ALICE);
    it.database().close();

    NotificationPull.Pulled pulled = it.pull().once();

    assertThat(pulled.fault()).isNotNull();
    assertThat(it.google().unacknowledgedMessages()).isEqualTo(1);
    assertThat(it.google().calls("modify-deadline")).isEqualTo(1);
  }
}
