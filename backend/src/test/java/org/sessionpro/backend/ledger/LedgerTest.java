package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

@ParameterizedClass
@EnumSource(Engine.class)
class LedgerTest {
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

  @Test
  void aKeyThatNeverPaidHasNoAccount() {
    assertThat(it.ledger.account(ALICE)).isEmpty();
    assertThat(it.ledger.visit(ALICE, T, T).bind()).isFalse();
    assertThat(it.ledger.account(ALICE)).isEmpty();
  }

  @Test
  void aVoucherOpensAnAccountForItsLength() {
    it.voucher(ALICE, 30, T);

    Account account = it.account(ALICE);
    assertThat(account.entitlement().expiry()).isEqualTo(day(30));
    assertThat(account.entitlement().renewing()).isFalse();
    assertThat(account.creditsCheckpoint()).isEqualTo(T);
    assertThat(account.generation().ordinal()).isEqualTo(1);
  }

  @Test
  void vouchersStack() {
    it.voucher(ALICE, 30, T);
    RevocationTag tag = it.account(ALICE).generation().tag();
    it.voucher(ALICE, 90, day(10));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(120));
    assertThat(it.account(ALICE).generation().tag()).isEqualTo(tag);
  }

  @Test
  void timeWithoutServiceIsNotChargedToALaterVoucher() {
    it.voucher(ALICE, 30, T);
    it.voucher(ALICE, 30, day(100));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(130));
    assertThat(it.account(ALICE).creditsCheckpoint()).isEqualTo(day(100));
  }

  @Test
  void theFirstOfTwoVouchersIsSpentWhereItsLengthEnded() {
    it.voucher(ALICE, 30, T);
    it.voucher(ALICE, 30, day(100));

    List<Instant> ends =
        it.page(ALICE, null, 10).orElseThrow().payments().stream()
            .map(p -> p.payment().terms().expiry())
            .toList();
    assertThat(ends).containsExactly(null, day(30));
  }

  @Test
  void accountsDoNotShareAnything() {
    it.voucher(ALICE, 30, T);
    it.voucher(BOB, 90, T);

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
    assertThat(it.account(BOB).entitlement().expiry()).isEqualTo(day(90));
    assertThat(it.account(ALICE).generation().tag())
        .isNotEqualTo(it.account(BOB).generation().tag());
  }

  @Test
  void aPendingPurchaseIsBoundByATouchOfItsOwner() {
    it.record(it.cycle("token", "order", T, day(30), rawKey(ALICE)), T);
    assertThat(it.ledger.account(ALICE)).isEmpty();

    assertThat(it.ledger.visit(ALICE, day(1), day(1)).bind()).isTrue();

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
    assertThat(it.ledger.visit(ALICE, day(2), day(2)).bind()).isFalse();
  }

  @Test
  void everyFormOfTheOwnersIdIsClaimable() {
    OwnerIds ids = OwnerIds.of(ALICE);
    it.record(it.cycle("raw", "o", T, day(30), ids.all().get(0)), T);
    it.record(it.cycle("hashed", "o", T, day(40), ids.all().get(1)), T);

    it.ledger.visit(ALICE, T, T).bind();

    assertThat(it.page(ALICE, null, 10).orElseThrow().total()).isEqualTo(2);
  }

  @Test
  void aTouchBindsNothingOfSomebodyElse() {
    it.record(it.cycle("token", "order", T, day(30), rawKey(ALICE)), T);

    assertThat(it.ledger.visit(BOB, T, T).bind()).isFalse();
    assertThat(it.ledger.account(BOB)).isEmpty();
  }

  @Test
  void aPurchaseWithoutOwnerIsNobodysToClaim() {
    it.record(it.cycle("token", "order", T, day(30), null), T);

    assertThat(it.ledger.visit(ALICE, T, T).bind()).isFalse();
  }

  @Test
  void aRenewalGoesToTheOwnerOfTheCycleBefore() {
    it.record(it.cycle("token", "first", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();

    it.record(it.cycle("token", "second", day(30), day(60), null), day(30));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(60));
    assertThat(it.page(ALICE, null, 10).orElseThrow().total()).isEqualTo(2);
  }

  @Test
  void renewalsThatArrivedBeforeTheClaimFollowIt() {
    it.record(it.cycle("token", "first", T, day(30), rawKey(ALICE)), T);
    it.record(it.cycle("token", "second", day(30), day(60), null), day(30));

    it.ledger.visit(ALICE, day(31), day(31)).bind();

    assertThat(it.page(ALICE, null, 10).orElseThrow().total()).isEqualTo(2);
  }

  @Test
  void aRenewalAfterTheHoldWaitsForItsOwner() {
    it.record(it.cycle("token", "first", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();

    it.record(it.cycle("token", "second", day(91), day(121), rawKey(ALICE)), day(91));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
    assertThat(it.ledger.visit(ALICE, day(91), day(91)).bind()).isTrue();
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(121));
  }

  @Test
  void recordingTheSameStatementTwiceChangesNothing() {
    Statement cycle = it.cycle("token", "order", T, day(30), rawKey(ALICE));
    it.record(cycle, T);
    it.ledger.visit(ALICE, T, T).bind();
    Account once = it.account(ALICE);

    it.record(cycle, day(1));

    assertThat(it.account(ALICE)).isEqualTo(once);
    assertThat(it.page(ALICE, null, 10).orElseThrow().total()).isEqualTo(1);
  }

  @Test
  void aVoucherWaitsWhileASubscriptionCovers() {
    it.record(it.cycle("token", "order", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    it.voucher(ALICE, 365, T);

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(395));
    assertThat(it.account(ALICE).entitlement().renewing()).isTrue();
  }

  @Test
  void aRevokedGenerationIsListedAndTheAccountGoesOnUnderANewTag() {
    it.voucher(ALICE, 30, T);
    RevocationTag old = it.account(ALICE).generation().tag();

    assertThat(it.ledger.revoke(ALICE, "test", day(3))).isTrue();

    Account account = it.account(ALICE);
    assertThat(account.generation().ordinal()).isEqualTo(2);
    assertThat(account.generation().tag()).isNotEqualTo(old);
    assertThat(account.entitlement().expiry()).isEqualTo(day(30));
    RevocationState state = it.ledger.revocations(day(3), Duration.ofDays(31));
    assertThat(state.revoked()).containsExactly(new RevokedTag(old, day(3)));
    assertThat(state.ticket()).isEqualTo(new Ticket(day(3).getEpochSecond()));
  }

  @Test
  void anEntryIsListedForLessThanItsRetention() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    Duration retention = Duration.ofDays(31);

    assertThat(it.ledger.revocations(T.plus(retention).minusNanos(1_000), retention).revoked())
        .hasSize(1);
    assertThat(it.ledger.revocations(T.plus(retention), retention).revoked()).isEmpty();
  }

  @Test
  void theTicketGrowsWithEveryRevocationEvenWhenTheClockDoesNot() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    Ticket first = it.ledger.ticket();
    it.ledger.revoke(ALICE, "test", T);
    Ticket second = it.ledger.ticket();
    it.ledger.revoke(ALICE, "test", T.minus(Duration.ofDays(1)));

    assertThat(first).isEqualTo(new Ticket(T.getEpochSecond()));
    assertThat(second).isEqualTo(new Ticket(first.value() + 1));
    assertThat(it.ledger.ticket()).isEqualTo(new Ticket(second.value() + 1));
  }

  @Test
  void revokingAnUnknownAccountDoesNothing() {
    assertThat(it.ledger.revoke(ALICE, "test", T)).isFalse();
    assertThat(it.ledger.ticket()).isEqualTo(Ticket.ZERO);
  }

  @Test
  void theHistoryIsPagedNewestRegistrationFirst() {
    for (int i = 0; i < 5; i++) {
      it.voucher(ALICE, 10 + i, T);
    }
    List<PaymentId> all = ids(it.page(ALICE, null, 10).orElseThrow());

    List<PaymentId> first = ids(it.page(ALICE, null, 2).orElseThrow());
    List<PaymentId> rest = ids(it.page(ALICE, first.getLast(), 10).orElseThrow());

    assertThat(all).hasSize(5).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(first).isEqualTo(all.subList(0, 2));
    assertThat(rest).isEqualTo(all.subList(2, 5));
    assertThat(it.page(ALICE, null, 2).orElseThrow().total()).isEqualTo(5);
  }

  private static List<PaymentId> ids(Ledger.History history) {
    return history.payments().stream().map(p -> p.id()).toList();
  }

  @Test
  void theLatestPaymentIsTheNewestPurchaseNotTheLastRegistered() {
    it.record(it.cycle("new", "o", day(5), day(35), rawKey(ALICE)), day(5));
    it.record(it.cycle("old", "o", T, day(300), rawKey(ALICE)), day(6));
    it.ledger.visit(ALICE, day(6), day(6)).bind();

    assertThat(it.ledger.status(ALICE, day(6)).orElseThrow().latest().purchasedAt())
        .isEqualTo(day(5));
  }

  @Test
  void aPaymentThatIsShownAsAnotherIsNotTheLatest() {
    it.record(it.cycle("shown", "o", T, day(300), rawKey(ALICE)), day(5));
    it.record(it.cycle("hidden", "o", day(5), day(35), rawKey(ALICE)), day(5));
    it.ledger.visit(ALICE, day(6), day(6)).bind();

    it.database.write(handle ->
        handle.execute("UPDATE payments SET hidden = TRUE WHERE subscription_key = 'hidden'"));

    assertThat(it.ledger.status(ALICE, day(6)).orElseThrow().latest().purchasedAt()).isEqualTo(T);
  }

  @Test
  void proofsAreCountedUpToTheLimitAndNoFurther() {
    it.voucher(ALICE, 365, T);
    Account account = it.account(ALICE);

    assertThat(it.ledger.countProof(ALICE, account, T, 2)).isTrue();
    assertThat(it.ledger.countProof(ALICE, account, T, 2)).isTrue();
    assertThat(it.ledger.countProof(ALICE, account, T, 2)).isFalse();
    assertThat(it.account(ALICE).counters().total()).isEqualTo(2);
  }

  @Test
  void replayingTheFactsRebuildsPaymentsAndAccount() {
    it.record(it.cycle("token", "order", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    it.voucher(ALICE, 30, day(1));
    it.ledger.revoke(ALICE, "test", day(2));
    it.voucher(ALICE, 10, day(80));

    Account account = it.account(ALICE);
    it.database.read(handle -> {
      for (RegisteredPayment stored :
          it.ledger.details(ALICE, 10, day(80)).orElseThrow().newest()) {
        assertThat(Payment.replay(stored.payment().key(), FactTable.of(handle, stored.id())))
            .isEqualTo(stored.payment());
      }
      Account replayed = account;
      for (AccountFact fact : FactTable.of(handle, account.id())) {
        replayed = replayed.apply(fact);
      }
      assertThat(replayed).isEqualTo(account);
      return handle;
    });
  }

  @Test
  void onePurchaseClaimedByManyRequestsAtOnceIsBoundOnce() throws Exception {
    it.record(it.cycle("token", "order", T, day(30), rawKey(ALICE)), T);
    int requests = 16;
    CountDownLatch ready = new CountDownLatch(requests);
    Callable<Boolean> claim =
        () -> {
          ready.countDown();
          ready.await();
          return it.ledger.visit(ALICE, T, T).bind();
        };

    int bound = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(requests, claim))) {
        bound += done.get() ? 1 : 0;
      }
    }

    assertThat(bound).isEqualTo(1);
    assertThat(it.page(ALICE, null, 10).orElseThrow().total()).isEqualTo(1);
    assertThat(it.account(ALICE).generation().ordinal()).isEqualTo(1);
  }

  @Test
  void vouchersGrantedAtOnceToOneNewAccountAllCount() throws Exception {
    int grants = 8;
    CountDownLatch ready = new CountDownLatch(grants);
    Callable<Boolean> grant =
        () -> {
          ready.countDown();
          ready.await();
          it.voucher(ALICE, 10, T);
          return true;
        };

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(grants, grant))) {
        done.get();
      }
    }

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(80));
  }

  @Test
  void aLedgerBelongsToTheFirstKeyThatServedIt() {
    BackendKey mine = BackendKey.fromHex("aa".repeat(32));
    BackendKey other = BackendKey.fromHex("bb".repeat(32));
    assertThat(it.ledger.owner()).isEmpty();

    it.ledger.belongTo(mine);

    assertThat(it.ledger.owner()).contains(mine);
    assertThatCode(() -> it.ledger.belongTo(mine)).doesNotThrowAnyException();
    assertThatThrownBy(() -> it.ledger.belongTo(other))
        .isInstanceOf(ForeignLedger.class)
        .hasMessageContaining(mine.hex());
    assertThat(it.ledger.owner()).contains(mine);
  }

  @Test
  void aVoucherThatWasGrantedBeforeTheFirstStartDoesNotPreventIt() {
    it.voucher(ALICE, 30, T);

    assertThat(it.ledger.owner()).isEmpty();
  }

  @Test
  void aNewGenerationBeginsANewCountOfProofs() {
    it.voucher(ALICE, 365, T);
    Account account = it.account(ALICE);
    it.ledger.countProof(ALICE, account, T, 1);
    assertThat(it.ledger.countProof(ALICE, account, T, 1)).isFalse();

    it.ledger.revoke(ALICE, "test", T);

    assertThat(it.ledger.countProof(ALICE, account, T, 1)).isTrue();
    assertThat(it.account(ALICE).counters().total()).isEqualTo(2);
  }

  @Test
  void aVoucherThatHasRunOutIsShownSoWithoutAnythingBeingWritten() {
    it.voucher(ALICE, 30, T);

    RegisteredPayment shown = it.ledger.status(ALICE, day(31)).orElseThrow().latest();

    assertThat(shown.payment().isLiveCredit()).isFalse();
    assertThat(shown.payment().terms().expiry()).isEqualTo(day(30));
    assertThat(it.ledger.details(ALICE, 1, day(31)).orElseThrow().liveCredits()).isEmpty();
    assertThat(it.account(ALICE).creditsCheckpoint()).isEqualTo(T);
  }

  @Test
  void proofsAskedForAtOnceDoNotSlipPastTheLimit() throws Exception {
    it.voucher(ALICE, 365, T);
    Account account = it.account(ALICE);
    int requests = 16;
    CountDownLatch ready = new CountDownLatch(requests);
    Callable<Boolean> ask =
        () -> {
          ready.countDown();
          ready.await();
          return it.ledger.countProof(ALICE, account, T, 5);
        };

    int issued = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(requests, ask))) {
        issued += done.get() ? 1 : 0;
      }
    }

    assertThat(issued).isEqualTo(5);
    assertThat(it.account(ALICE).counters().total()).isEqualTo(5);
  }

  @Test
  void noMessageOfAFailureShowsWhatWasToBeStored() {
    byte[] secret = ALICE.bytes().toByteArray();

    assertThatThrownBy(() ->
            it.database.write(handle ->
                handle
                    .createUpdate("INSERT INTO accounts (id, master_key) VALUES (1, :key)")
                    .bind("key", secret)
                    .execute()))
        .satisfies(failure ->
            assertThat(stackTrace(failure)).doesNotContain(ALICE.hex()).doesNotContain("[1, 0"));
    assertThatThrownBy(() ->
            it.database.write(handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO facts (subject, subject_id, number, kind, happened_at,
                          learned_at, body)
                        VALUES ('nobody', 1, 1, 'x', 0, 0, :body)
                        """)
                    .bind("body", "my purchase token")
                    .execute()))
        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("purchase token"));
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
