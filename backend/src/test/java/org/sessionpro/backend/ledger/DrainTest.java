package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.DAY;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.key;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.Ticket;

/// What a pass over credits charges (`entitlement.md` §10), and all that it leaves alone.
@ParameterizedClass
@EnumSource(Engine.class)
class DrainTest {
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

  /// Charges one account, however short ago it was charged before.
  private Optional<DrainedCredits> pass(MasterKey owner, Instant now) {
    return it.ledger.drainCredits(it.account(owner).id(), now, Duration.ZERO);
  }

  private List<PaymentRow> stored(MasterKey owner) {
    AccountId id = it.account(owner).id();
    PaymentTable payments = Tables.of(it.database.dialect()).payments();
    return it.database.read(handle -> payments.ofAccount(handle, id));
  }

  private List<@Nullable Duration> remaining(MasterKey owner) {
    List<@Nullable Duration> rests = new ArrayList<>();
    for (PaymentRow row : stored(owner)) {
      Payment.Credit credit = row.payment().credit();
      rests.add(credit == null ? null : credit.remaining());
    }
    return rests;
  }

  private List<PaymentFact> facts(PaymentRow row) {
    return it.database.read(handle -> FactTable.of(handle, row.id()));
  }

  private List<AccountFact> accountFacts(MasterKey owner) {
    AccountId id = it.account(owner).id();
    return it.database.read(handle -> FactTable.of(handle, id));
  }

  @Test
  void whatWasConsumedIsRecordedAsAFact() {
    it.voucher(ALICE, 30, T);

    assertThat(pass(ALICE, day(10))).contains(new DrainedCredits(ALICE, 0));

    assertThat(remaining(ALICE)).containsExactly(DAY.multipliedBy(20));
    assertThat(facts(stored(ALICE).getFirst()))
        .endsWith(new CreditCharged(T, day(10), DAY.multipliedBy(10), null));
    assertThat(it.account(ALICE).creditsCheckpoint()).isEqualTo(day(10));
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
  }

  @Test
  void aCreditThatRanOutGetsItsEnd() {
    it.voucher(ALICE, 30, T);

    assertThat(pass(ALICE, day(100))).contains(new DrainedCredits(ALICE, 1));

    assertThat(stored(ALICE).getFirst().payment().terms().expiry()).isEqualTo(day(30));
    assertThat(remaining(ALICE)).containsExactly(Duration.ZERO);
    assertThat(it.account(ALICE).creditsCheckpoint()).isNull();
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
  }

  @Test
  void creditsAreChargedInTheirOrder() {
    it.voucher(ALICE, 30, T);
    it.voucher(ALICE, 30, T);
    it.voucher(ALICE, 30, T);

    assertThat(pass(ALICE, day(45))).contains(new DrainedCredits(ALICE, 1));

    assertThat(remaining(ALICE))
        .containsExactly(Duration.ZERO, DAY.multipliedBy(15), DAY.multipliedBy(30));
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(90));
  }

  @Test
  void onlyTimeThatNoSubscriptionCoversIsCharged() {
    subscribe(null, false);
    it.voucher(ALICE, 30, T);

    pass(ALICE, day(20));
    assertThat(remaining(ALICE)).containsExactly(null, DAY.multipliedBy(30));
    pass(ALICE, day(35));
    assertThat(remaining(ALICE)).containsExactly(null, DAY.multipliedBy(25));
  }

  /// A month of Google's from [LedgerFixture#T], bound to Alice.
  private void subscribe(@Nullable Duration grace, boolean renewing) {
    Statement cycle = it.cycle("token", "order", T, day(30), rawKey(ALICE));
    it.record(cycle, T);
    it.record(
        Statement.of(cycle.key(), new TermsStated(null, grace, renewing, false, day(1), true)), T);
    it.ledger.visit(ALICE, T, T).bind();
  }

  @Test
  void aPassThatComesLateChargesNoMoreThanManyInTime() {
    it.voucher(ALICE, 90, T);
    it.voucher(BOB, 90, T);
    for (int i = 1; i <= 60; i++) {
      pass(ALICE, day(i));
    }
    pass(BOB, day(60));

    assertThat(remaining(ALICE)).isEqualTo(remaining(BOB));
    assertThat(it.account(ALICE).entitlement()).isEqualTo(it.account(BOB).entitlement());
  }

  @Test
  void anAccountChargedWithinTheWindowIsLeftAlone() {
    it.voucher(ALICE, 30, T);
    AccountId id = it.account(ALICE).id();

    assertThat(it.ledger.dueCredits(day(1), DAY, null, 10)).isEmpty();
    assertThat(it.ledger.drainCredits(id, day(1), DAY)).isEmpty();

    Instant later = day(1).plusNanos(1_000);
    assertThat(it.ledger.dueCredits(later, DAY, null, 10)).containsExactly(new DueCredits(id, T));
    assertThat(it.ledger.drainCredits(id, later, DAY)).isPresent();
  }

  @Test
  void aClockThatWasSetBackChargesNothingUntilItHasCaughtUp() {
    it.voucher(ALICE, 30, T);
    pass(ALICE, day(10));

    assertThat(pass(ALICE, day(10).minus(Duration.ofHours(1)))).isEmpty();
    assertThat(remaining(ALICE)).containsExactly(DAY.multipliedBy(20));
  }

  @Test
  void anAccountWithoutALiveCreditIsNeverDue() {
    subscribe(null, true);
    it.voucher(BOB, 30, T);
    pass(BOB, day(31));

    assertThat(it.ledger.dueCredits(day(400), Duration.ZERO, null, 10)).isEmpty();
    assertThat(pass(ALICE, day(400))).isEmpty();
  }

  @Test
  void batchesListEachAccountOnceTheLongestUnchargedFirst() {
    List<AccountId> sameInstant = new ArrayList<>();
    for (int i = 10; i < 15; i++) {
      it.voucher(key(i), 30, day(1));
      sameInstant.add(it.account(key(i)).id());
    }
    sameInstant.sort(Comparator.comparingLong(AccountId::value));
    it.voucher(ALICE, 30, T);
    it.voucher(BOB, 30, day(2));

    List<AccountId> listed = new ArrayList<>();
    List<DueCredits> batch = it.ledger.dueCredits(day(3), Duration.ZERO, null, 3);
    while (!batch.isEmpty()) {
      batch.forEach(due -> listed.add(due.account()));
      batch = it.ledger.dueCredits(day(3), Duration.ZERO, batch.getLast(), 3);
    }

    List<AccountId> expected = new ArrayList<>(List.of(it.account(ALICE).id()));
    expected.addAll(sameInstant);
    expected.add(it.account(BOB).id());
    assertThat(listed).isEqualTo(expected);
  }

  @Test
  void aPassDrawsNoOffsetThoughTheShownExpiryMovesByDays() {
    // entitlement.md §6.2 step 6: expiry T+30d, grace 16 d, credit 10 d. Until T+46d1h the
    // subscription carries and T+40d is shown, from then on the credit does, until T+56d1h.
    subscribe(DAY.multipliedBy(16), true);
    it.voucher(ALICE, 10, T);
    Account before = it.account(ALICE);
    List<AccountFact> facts = accountFacts(ALICE);
    assertThat(before.entitlement().expiry()).isEqualTo(day(40));

    pass(ALICE, day(50));

    Account after = it.account(ALICE);
    assertThat(after.entitlement().expiry()).isEqualTo(day(56).plus(Duration.ofHours(1)));
    assertThat(coverageEnd(after)).isEqualTo(coverageEnd(before));
    assertThat(after.offset()).isEqualTo(before.offset());
    assertThat(accountFacts(ALICE)).isEqualTo(facts);
  }

  private static Instant coverageEnd(Account account) {
    return account.entitlement().coverageEnd(RenewalAllowance.DEFAULT);
  }

  @Test
  void whatIsShownOfSuchAnAccountDoesNotDependOnThePass() {
    subscribe(DAY.multipliedBy(16), true);
    it.voucher(ALICE, 10, T);
    Ledger.Status status = it.ledger.status(ALICE, day(50)).orElseThrow();
    Ledger.Details details = it.ledger.details(ALICE, 10, day(50)).orElseThrow();

    pass(ALICE, day(50));

    assertThat(status.account().entitlement().expiry())
        .isEqualTo(day(56).plus(Duration.ofHours(1)));
    assertThat(it.ledger.status(ALICE, day(50))).contains(status);
    assertThat(it.ledger.details(ALICE, 10, day(50))).contains(details);
  }

  @Test
  void aPassIssuesNoGenerationAndRevokesNone() {
    it.voucher(ALICE, 30, T);
    it.database.write(handle -> handle.execute("UPDATE generations SET revoked_at = 1"));
    Account before = it.account(ALICE);
    List<AccountFact> facts = accountFacts(ALICE);
    Ticket ticket = it.ledger.ticket();

    pass(ALICE, day(10));

    assertThat(it.account(ALICE).generation()).isEqualTo(before.generation());
    assertThat(accountFacts(ALICE)).isEqualTo(facts);
    assertThat(it.ledger.ticket()).isEqualTo(ticket);
  }

  @Test
  void aPassBindsNothingThatWaits() {
    it.voucher(ALICE, 30, T);
    it.record(it.cycle("token", "order", T, day(30), rawKey(ALICE)), T);

    pass(ALICE, day(10));

    assertThat(stored(ALICE)).hasSize(1);
  }

  @Test
  void timeAloneDrawsNoOffsetWhoeverSettlesNext() {
    subscribe(DAY.multipliedBy(16), true);
    it.voucher(ALICE, 10, T);
    ProofOffset drawn = it.account(ALICE).offset();
    PaymentKey key = PaymentKey.google(new PurchaseToken("token"), new OrderId("order"));

    it.record(
        Statement.of(key, new PaymentFact.Acknowledged(day(50), PaymentFact.Acknowledgement.DONE)),
        day(50));

    assertThat(it.account(ALICE).entitlement().expiry()).isAfter(day(56));
    assertThat(it.account(ALICE).offset()).isEqualTo(drawn);
  }

  @Test
  void proofsAreCountedByTheExpiryThatIsShown() {
    subscribe(DAY.multipliedBy(16), true);
    it.voucher(ALICE, 10, T);
    Account account = it.ledger.account(ALICE, day(50)).orElseThrow();

    // After T+40d, which is stored, and before T+56d1h, which is shown: not past the expiry.
    assertThat(it.ledger.countProof(ALICE, account, day(50), 1)).isTrue();
    assertThat(it.ledger.countProof(ALICE, account, day(50), 1)).isFalse();
  }

  @Test
  void passesAtOnceChargeOnce() throws Exception {
    it.voucher(ALICE, 30, T);
    AccountId id = it.account(ALICE).id();
    int passes = 8;
    CountDownLatch ready = new CountDownLatch(passes);
    Callable<Boolean> pass =
        () -> {
          ready.countDown();
          ready.await();
          return it.ledger.drainCredits(id, day(10), DAY).isPresent();
        };

    int charged = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(passes, pass))) {
        charged += done.get() ? 1 : 0;
      }
    }

    assertThat(charged).isEqualTo(1);
    assertThat(facts(stored(ALICE).getFirst()).stream().filter(CreditCharged.class::isInstance))
        .hasSize(1);
  }
}
