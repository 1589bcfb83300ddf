package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
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
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;

/// What stores say of subscriptions, and comparisons with their records.
@ParameterizedClass
@EnumSource(Engine.class)
class SubscriptionsTest {
  private static final SubscriptionKey A = SubscriptionKey.google(new PurchaseToken("A"));
  private static final SubscriptionKey B = SubscriptionKey.google(new PurchaseToken("B"));
  private static final LossHeard LOSS = LossHeard.revoked(day(1));
  private static final SubscriptionState STATE =
      new SubscriptionState(day(1), "active", "next", day(40), null, B, true);

  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;
  private Subscriptions subscriptions;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
    subscriptions = it.ledger.subscriptions();
  }

  @AfterEach
  void close() {
    it.close();
  }

  private boolean hear(SubscriptionFact fact, Instant now) {
    return subscriptions.hear(A, List.of(fact), Premise.none(), InTransaction.nothing(), now);
  }

  private KnownSubscription known() {
    return subscriptions.known(A, List.of());
  }

  private <R> Optional<R> converge(Function<KnownSubscription, Ruling<R>> judge, Instant now) {
    return subscriptions.converge(A, List.of(B), Premise.none(), judge, now);
  }

  private static Ruling<String> ruling(List<Statement> statements, SubscriptionFact... facts) {
    return new Ruling<>(
        statements, List.of(facts), STATE, InTransaction.nothing(), Reading.COMPARED, "understood");
  }

  private static Ruling<String> only(Reading reading) {
    return new Ruling<>(List.of(), List.of(), null, InTransaction.nothing(), reading, "");
  }

  private static InTransaction executing(String sql, AtomicInteger committed) {
    return new InTransaction() {
      @Override
      public void run(Handle handle) {
        handle.execute(sql);
      }

      @Override
      public void committed() {
        committed.incrementAndGet();
      }
    };
  }

  private static final String MARK =
      "INSERT INTO ledger_identity (name, value) VALUES ('test', 'marked')";

  private boolean isMarked() {
    return it.database.<Boolean>read(handle ->
        handle
            .createQuery("SELECT value FROM ledger_identity WHERE name = 'test'")
            .mapTo(String.class)
            .findOne()
            .isPresent());
  }

  @Test
  void aLossIsRememberedBeforeAnyPaymentIsKnown() {
    hear(LOSS, day(2));

    assertThat(known().facts()).isEqualTo(Map.of(A, List.of(LOSS)));
    assertThat(known().payments()).isEmpty();
    assertThat(known().state()).isEqualTo(SubscriptionState.NOTHING);
  }

  @Test
  void whatIsStatedIsSaidOfThoseAloneOfWhichSomethingWasStated() {
    converge(_ -> ruling(List.of()), day(2));

    assertThat(subscriptions.stated(List.of(B, A)))
        .containsExactly(new StatedSubscription(A, STATE, day(2), List.of()));
  }

  @Test
  void whatAddsNothingIsNotStored() {
    hear(LOSS, day(2));
    hear(LossHeard.revoked(day(2)), day(3));
    assertThat(known().facts().get(A)).containsExactly(LOSS);

    LossHeard earlier = LossHeard.revoked(day(0));
    hear(earlier, day(4));
    assertThat(known().facts().get(A)).containsExactly(LOSS, earlier);
  }

  @Test
  void whatIsHeardGoesInTogetherWithWhatComesAlong() {
    AtomicInteger committed = new AtomicInteger();

    assertThat(
            subscriptions.hear(
                A, List.of(LOSS), Premise.none(), executing(MARK, committed), day(2)))
        .isTrue();

    assertThat(isMarked()).isTrue();
    assertThat(committed).hasValue(1);
  }

  @Test
  void withoutItsPremiseNothingIsWritten() {
    AtomicInteger committed = new AtomicInteger();
    AtomicInteger judged = new AtomicInteger();

    assertThat(subscriptions.hear(A, List.of(LOSS), _ -> false, executing(MARK, committed), day(2)))
        .isFalse();
    Optional<String> answer =
        subscriptions.converge(
            A,
            List.of(),
            _ -> false,
            _ -> {
              judged.incrementAndGet();
              return ruling(List.of(), LOSS);
            },
            day(2));

    assertThat(answer).isEmpty();
    assertThat(judged).hasValue(0);
    assertThat(isMarked()).isFalse();
    assertThat(committed).hasValue(0);
    assertThat(known().facts()).isEmpty();
  }

  @Test
  void theJudgeKnowsThePurchaseAndThoseItIsRelatedTo() {
    it.record(it.cycle("A", "a", day(0), day(30), rawKey(ALICE)), day(0));
    it.record(it.cycle("B", "b", day(-30), day(0), rawKey(BOB)), day(0));
    it.record(it.cycle("C", "c", day(0), day(30), null), day(0));
    it.ledger.visit(BOB, day(0), day(0)).bind();
    hear(LOSS, day(1));

    converge(
        known -> {
          assertThat(known.payments())
              .extracting(one -> one.payment().key().subscription())
              .containsExactly("A", "B");
          assertThat(known.facts()).isEqualTo(Map.of(A, List.of(LOSS)));
          assertThat(known.owners()).containsValue(BOB).hasSize(1);
          assertThat(known.reconciledAt()).isNull();
          return Ruling.nothing("");
        },
        day(2));
  }

  @Test
  void aRulingIsWrittenAsAWhole() {
    AtomicInteger committed = new AtomicInteger();
    Statement bought = it.cycle("A", "a", day(0), day(30), rawKey(ALICE));
    Linked linked = new Linked(B, day(0));

    Optional<String> answer =
        converge(
            _ ->
                new Ruling<>(
                    List.of(bought),
                    List.of(linked),
                    STATE,
                    executing(MARK, committed),
                    Reading.COMPARED,
                    "x"),
            day(2));

    assertThat(answer).contains("x");
    assertThat(known().payments()).hasSize(1);
    assertThat(known().facts()).isEqualTo(Map.of(A, List.of(linked)));
    assertThat(known().state()).isEqualTo(STATE);
    assertThat(known().reconciledAt()).isEqualTo(day(2));
    assertThat(isMarked()).isTrue();
    assertThat(committed).hasValue(1);
    assertThat(subscriptions.known(B, List.of()).successors()).isEqualTo(Set.of(A));
  }

  @Test
  void aRulingThatSaysNothingLeavesNoTrace() {
    assertThat(converge(_ -> Ruling.nothing("waits"), day(2))).contains("waits");

    assertThat(known().reconciledAt()).isNull();
  }

  @Test
  void sinceWhenARecordIsSetAsideIsKeptUntilItIsCompared() {
    converge(_ -> only(Reading.HELD), day(2));
    converge(_ -> only(Reading.HELD), day(3));
    assertThat(known().heldSince()).isEqualTo(day(2));
    assertThat(known().reconciledAt()).isNull();

    converge(_ -> ruling(List.of()), day(4));

    assertThat(known().heldSince()).isNull();
  }

  @Test
  void whatIsHeardMeanwhileLeavesSinceWhenARecordIsSetAside() {
    converge(_ -> only(Reading.HELD), day(2));

    hear(LOSS, day(3));

    assertThat(known().heldSince()).isEqualTo(day(2));
  }

  @Test
  void aJudgeThatThrowsUndoesEverything() {
    assertThatThrownBy(() ->
            converge(
                _ -> {
                  throw new IllegalStateException("damaged");
                },
                day(2)))
        .hasMessage("damaged");
    assertThat(known().facts()).isEmpty();
  }

  @Test
  void whatFailsInTheEndUndoesEverything() {
    Statement bought = it.cycle("A", "a", day(0), day(30), rawKey(ALICE));
    InTransaction failing = executing("INSERT INTO no_such_table VALUES (1)", new AtomicInteger());

    assertThatThrownBy(() ->
            converge(
                _ ->
                    new Ruling<>(
                        List.of(bought), List.of(LOSS), STATE, failing, Reading.COMPARED, ""),
                day(2)))
        .isInstanceOf(RuntimeException.class);

    assertThat(known().payments()).isEmpty();
    assertThat(known().facts()).isEmpty();
  }

  @Test
  void statementsOfARulingSettleTheOwner() {
    it.record(it.cycle("A", "a", day(0), day(365), rawKey(ALICE)), day(0));
    it.ledger.visit(ALICE, day(0), day(0)).bind();
    PaymentKey key = PaymentKey.google(new PurchaseToken("A"), new OrderId("a"));
    int before = it.account(ALICE).generation().ordinal();

    converge(
        _ -> ruling(List.of(Statement.of(key, new Revoked(day(1), RevokedFor.REFUND, false)))),
        day(1));

    assertThat(it.account(ALICE).generation().isRevoked()).isTrue();
    assertThat(it.account(ALICE).generation().ordinal()).isEqualTo(before);
    assertThat(it.ledger.ticket().value()).isPositive();
  }

  @Test
  void aCycleThatContinuesASubscriptionFindsItsOwner() {
    it.record(it.cycle("A", "a", day(0), day(30), rawKey(ALICE)), day(0));
    it.ledger.visit(ALICE, day(0), day(0)).bind();

    converge(_ -> ruling(List.of(it.cycle("A", "a..0", day(30), day(60), null))), day(30));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(60));
  }

  @Test
  void theCheckOfTheLedgerCoversWhatWasHeard() {
    hear(LOSS, day(2));
    converge(_ -> ruling(List.of(), new Linked(B, day(0))), day(3));
    assertThat(findings()).isEmpty();

    damage("UPDATE subscription SET fact_count = 7");
    assertThat(findings()).extracting(Finding::part).containsExactly("fact_count");
    damage("UPDATE subscription SET fact_count = 2, linked_to = 'C'");
    assertThat(findings()).extracting(Finding::part).containsExactly("linked_to");
    damage("UPDATE subscription SET linked_to = NULL");
    assertThat(findings()).isEmpty();
    damage("DELETE FROM subscription");
    assertThat(findings()).extracting(Finding::part).containsExactly("row");
  }

  private void damage(String sql) {
    it.database.write(handle -> handle.execute(sql));
  }

  private List<Finding> findings() {
    CollectedFindings observer = new CollectedFindings();
    it.ledger
        .audit(RenewalAllowance.DEFAULT)
        .run(new AuditScope.All(), () -> day(10), new Random(1), observer);
    return observer.findings().stream()
        .filter(finding -> !finding.part().equals("database"))
        .toList();
  }

  @Test
  void whatAnOwnerHasIsNamedOnceEach() {
    it.record(it.cycle("A", "a", day(0), day(30), rawKey(ALICE)), day(0));
    it.record(it.cycle("A", "a..0", day(30), day(60), rawKey(ALICE)), day(0));
    it.record(it.cycle("B", "b", day(0), day(30), rawKey(BOB)), day(0));
    it.voucher(ALICE, 30, day(0));
    assertThat(subscriptions.isOwned(A)).isFalse();
    it.ledger.visit(ALICE, day(0), day(0)).bind();

    assertThat(subscriptions.of(ALICE)).containsExactly(A);
    assertThat(subscriptions.of(BOB)).isEmpty();
    assertThat(subscriptions.isOwned(A)).isTrue();
  }

  @Test
  void aFullComparisonLooksAtWhatIsLiveOrRenews() {
    for (int i = 0; i < 5; i++) {
      it.record(it.cycle("token-" + i, "o", day(0), day(30), null), day(0));
    }
    PaymentKey revoked = PaymentKey.google(new PurchaseToken("token-3"), new OrderId("o"));
    it.record(Statement.of(revoked, new Revoked(day(1), RevokedFor.REFUND, false)), day(1));

    List<SubscriptionKey> first =
        subscriptions.toReconcile(PaymentProvider.GOOGLE_PLAY, null, 3, day(2));
    List<SubscriptionKey> rest =
        subscriptions.toReconcile(PaymentProvider.GOOGLE_PLAY, first.getLast(), 3, day(2));

    assertThat(first)
        .extracting(SubscriptionKey::value)
        .containsExactly("token-0", "token-1", "token-2");
    assertThat(rest).extracting(SubscriptionKey::value).containsExactly("token-4");
    assertThat(subscriptions.toReconcile(PaymentProvider.APP_STORE, null, 3, day(2))).isEmpty();
  }

  @Test
  void aFullComparisonLooksAtWhatEndedLatelyAndMayGoOnAllTheSame() {
    it.record(it.cycle("A", "o", day(0), day(30), null), day(0));
    it.record(
        Statement.of(
            PaymentKey.google(new PurchaseToken("A"), new OrderId("o")),
            new TermsStated(null, null, false, null, day(1), true)),
        day(1));

    assertThat(subscriptions.toReconcile(PaymentProvider.GOOGLE_PLAY, null, 3, day(89)))
        .containsExactly(A);
    assertThat(subscriptions.toReconcile(PaymentProvider.GOOGLE_PLAY, null, 3, day(91))).isEmpty();
  }
}
