package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.day;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;

/// What the App Store asks of the ledger: who gets a cycle (`decisions-stores.md` §2.2), how cycles are
/// named (§1), and what is noted about statements beside what they state (§4).
@ParameterizedClass
@EnumSource(Engine.class)
class AppleCyclesTest {
  private static final TransactionId ORIGINAL = new TransactionId("2000000000000001");
  private static final SubscriptionKey SUBSCRIPTION =
      new SubscriptionKey(PaymentProvider.APP_STORE, ORIGINAL.value());

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

  private static Binding token(MasterKey key) {
    return Binding.apple(StoreBindings.of(key).appleToken());
  }

  private static PaymentKey key(int number) {
    return PaymentKey.appleLineItem(ORIGINAL, new OrderId("line-" + number));
  }

  private static TransactionId transaction(int number) {
    return new TransactionId("transaction-" + number);
  }

  private static Statement cycle(
      int number, Instant from, @Nullable Binding token, @Nullable Began began) {
    return cycle(key(number), number, from, token, began);
  }

  private static Statement cycle(
      PaymentKey key, int number, Instant from, @Nullable Binding token, @Nullable Began began) {
    Instant expiry = from.plus(Duration.ofDays(30));
    return Statement.of(
        key,
        new Witnessed(
            Product.of(new Plan("1m")),
            from,
            token,
            true,
            expiry,
            Source.STORE,
            transaction(number),
            began),
        new TermsStated(expiry, null, true, false, from, true));
  }

  private void record(Statement statement) {
    it.record(statement, day(100));
  }

  private Payment payment(int number) {
    return known().payments().stream()
        .map(RegisteredPayment::payment)
        .filter(payment -> payment.key().equals(key(number)))
        .findFirst()
        .orElseThrow();
  }

  private KnownSubscription known() {
    return it.ledger.subscriptions().known(SUBSCRIPTION, List.of());
  }

  private @Nullable MasterKey owner(int number) {
    Payment.Owner owner = payment(number).owner();
    return owner == null ? null : known().owners().get(owner.account());
  }

  private void claim(MasterKey key) {
    it.ledger.visit(key, day(100), day(100)).bind();
  }

  private void converge(List<Statement> statements, CycleNotes notes, SubscriptionState state) {
    it.ledger
        .subscriptions()
        .converge(
            SUBSCRIPTION,
            List.of(),
            Premise.none(),
            _ ->
                new Ruling<>(
                    statements,
                    notes,
                    List.of(),
                    state,
                    InTransaction.nothing(),
                    Reading.HEARD,
                    ""),
            day(100));
  }

  private List<Finding> findings() {
    CollectedFindings observer = new CollectedFindings();
    it.ledger
        .audit(RenewalAllowance.DEFAULT)
        .run(new AuditScope.All(), () -> day(100), new Random(1), observer);
    return observer.findings().stream()
        .filter(finding -> !finding.part().equals("database"))
        .toList();
  }

  @Test
  void aPurchaseByAnotherKeyDoesNotContinueTheSubscription() {
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    record(cycle(2, day(20), token(BOB), Began.PURCHASE));

    assertThat(owner(2)).isNull();
    claim(BOB);
    assertThat(owner(2)).isEqualTo(BOB);
  }

  @Test
  void aPurchaseGoesAtOnceToAnAccountThatExists() {
    it.voucher(BOB, 1, day(0));
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    record(cycle(2, day(20), token(BOB), Began.PURCHASE));

    assertThat(owner(2)).isEqualTo(BOB);
    assertThat(Objects.requireNonNull(payment(2).owner()).how()).isEqualTo(ClaimedBy.TOKEN);
    assertThat(it.account(BOB).entitlement().expiry()).isAfter(day(49));
  }

  @Test
  void aFirstPurchaseOfAnAccountThatExistsIsItsOwnAtOnce() {
    it.voucher(ALICE, 1, day(0));

    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));

    assertThat(owner(1)).isEqualTo(ALICE);
  }

  @Test
  void aTokenThatIsLearnedLaterBindsAtOnce() {
    it.voucher(ALICE, 1, day(0));
    record(cycle(1, day(0), null, Began.PURCHASE));
    assertThat(owner(1)).isNull();

    record(Statement.of(key(1), new BindingStated(token(ALICE), day(1))));

    assertThat(owner(1)).isEqualTo(ALICE);
  }

  @Test
  void aRenewalStaysWithTheOwnerWhateverItsToken() {
    it.voucher(BOB, 1, day(0));
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    record(cycle(2, day(30), token(BOB), Began.RENEWAL));

    assertThat(owner(2)).isEqualTo(ALICE);
  }

  @Test
  void aPurchaseWithoutTokenContinuesTheSubscription() {
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    record(cycle(2, day(30), null, Began.PURCHASE));

    assertThat(owner(2)).isEqualTo(ALICE);
  }

  @Test
  void whatRenewsTheCycleOfAnotherBuyerWaitsWithIt() {
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);
    record(cycle(2, day(20), token(BOB), Began.PURCHASE));

    record(cycle(3, day(50), token(BOB), Began.RENEWAL));
    assertThat(owner(3)).isNull();
    claim(BOB);

    assertThat(owner(3)).isEqualTo(BOB);
  }

  @Test
  void aRenewalIsTheOwnersUpToSixtyDaysAfterTheEnd() {
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    record(cycle(2, day(90), null, Began.RENEWAL));
    record(cycle(3, day(120 + 61), null, Began.RENEWAL));

    assertThat(owner(2)).isEqualTo(ALICE);
    assertThat(owner(3)).isNull();
  }

  @Test
  void aLateCycleWithoutTokenGoesToTheOwnerOfItsRenewal() {
    record(cycle(3, day(60), token(ALICE), Began.RENEWAL));
    claim(ALICE);

    record(cycle(2, day(30), null, Began.RENEWAL));
    record(cycle(1, day(0), null, Began.PURCHASE));

    assertThat(owner(2)).isEqualTo(ALICE);
    assertThat(owner(1)).isEqualTo(ALICE);
  }

  @Test
  void aLateCycleBeforeAnotherPurchaseWaits() {
    record(cycle(2, day(30), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    record(cycle(1, day(0), null, Began.PURCHASE));

    assertThat(owner(1)).isNull();
  }

  @Test
  void aLateCycleOfAnotherKeyWaitsForIt() {
    record(cycle(2, day(30), token(ALICE), Began.RENEWAL));
    claim(ALICE);

    record(cycle(1, day(0), token(BOB), Began.PURCHASE));

    assertThat(owner(1)).isNull();
  }

  @Test
  void aCycleTakesTheNameOfItsLineItemInPlace() {
    PaymentKey former = PaymentKey.appleTransaction(ORIGINAL, transaction(1));
    record(cycle(former, 1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);

    converge(
        List.of(Statement.of(key(1), new AliasSeen(transaction(9), day(1)))),
        new CycleNotes(Map.of(former, key(1)), Map.of()),
        SubscriptionState.NOTHING);

    assertThat(known().payments()).hasSize(1);
    assertThat(owner(1)).isEqualTo(ALICE);
    assertThat(known().names()).containsOnlyKeys(transaction(1), transaction(9));
    assertThat(findings()).isEmpty();
  }

  @Test
  void theTransactionsOfASubscriptionAreKnown() {
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    record(Statement.of(key(1), new AliasSeen(transaction(9), day(1))));

    assertThat(known().names()).containsOnlyKeys(transaction(1), transaction(9));
  }

  @Test
  void whatStatementsHaveComeToIsKept() {
    CycleSighting first = new CycleSighting(day(1), day(1), null, false);
    CycleSighting second = new CycleSighting(day(3), day(1), day(3), true);
    converge(
        List.of(cycle(1, day(0), token(ALICE), Began.PURCHASE)),
        new CycleNotes(Map.of(), Map.of(key(1), first)),
        SubscriptionState.NOTHING);
    assertThat(known().sightings().values()).containsExactly(first);

    converge(
        List.of(), new CycleNotes(Map.of(), Map.of(key(1), second)), SubscriptionState.NOTHING);

    assertThat(known().sightings().values()).containsExactly(second);
  }

  @Test
  void whatWasHeardIsKeptAndDoesNotCountAsCompared() {
    SubscriptionState state =
        new SubscriptionState(day(1), "ACTIVE", "pro.month", null, null, null, false);

    converge(List.of(cycle(1, day(0), token(ALICE), Began.PURCHASE)), CycleNotes.NONE, state);

    assertThat(known().state()).isEqualTo(state);
    assertThat(known().reconciledAt()).isNull();
  }

  @Test
  void whatShouldHaveRenewedIsSweptThoughARenewalWasChargedAheadOfIt() {
    record(cycle(1, day(60), token(ALICE), Began.PURCHASE));
    record(cycle(2, day(61), token(ALICE), Began.RENEWAL));
    record(
        Statement.of(
            key(2),
            new TermsStated(null, null, false, null, day(61), true),
            new Revoked(day(60), RevokedFor.SUPERSEDED, false)));

    assertThat(
            it.ledger
                .subscriptions()
                .toSweep(PaymentProvider.APP_STORE, null, 10, day(90).plusSeconds(300)))
        .containsExactly(SUBSCRIPTION);
  }

  @Test
  void whatShouldHaveRenewedIsSweptAndComparedByItself() {
    record(cycle(1, day(60), token(ALICE), Began.PURCHASE));

    assertThat(
            it.ledger
                .subscriptions()
                .toSweep(PaymentProvider.APP_STORE, null, 10, day(90).plusSeconds(300)))
        .containsExactly(SUBSCRIPTION);
    assertThat(it.ledger.subscriptions().toReconcile(PaymentProvider.APP_STORE, null, 10, day(61)))
        .containsExactly(SUBSCRIPTION);
    assertThat(
            it.ledger
                .subscriptions()
                .toSweep(PaymentProvider.GOOGLE_PLAY, null, 10, day(90).plusSeconds(300)))
        .isEmpty();
  }

  @Test
  void howACycleBeganIsReplayedFromItsFacts() {
    record(cycle(1, day(0), token(ALICE), Began.PURCHASE));
    claim(ALICE);
    record(cycle(2, day(30), token(ALICE), Began.RENEWAL));

    assertThat(payment(2).witnessed().began()).isEqualTo(Began.RENEWAL);
    assertThat(findings()).isEmpty();
  }
}
