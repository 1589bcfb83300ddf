package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.DAY;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// A credit that shrinks after part of it was used.
class ReducedCreditTest {
  private static final PaymentKey CREDIT =
      PaymentKey.google(new PurchaseToken("token"), new OrderId("order"));

  /// What 45 days leave of the two, of which the first was 60 days long by then.
  private static final List<Payment.Credit> CHARGED =
      List.of(
          new Payment.Credit(DAY.multipliedBy(45), Duration.ZERO),
          new Payment.Credit(DAY.multipliedBy(30), DAY.multipliedBy(30)));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatWasUsedBeforeDoesNotFallOnTheNextCredit(Engine engine) {
    try (LedgerFixture it = new LedgerFixture(engine, folder)) {
      twoCredits(it);

      shrink(it);

      assertThat(credits(it)).containsExactlyInAnyOrderElementsOf(CHARGED);
    }
  }

  /// Somebody else may hold the account meanwhile; on SQLite there is one writer only.
  @Test
  void nothingIsLeftUnchargedBecauseTheAccountIsHeld() throws Exception {
    try (LedgerFixture it = new LedgerFixture(Engine.POSTGRESQL, folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      twoCredits(it);
      AccountId id = it.account(ALICE).id();
      CountDownLatch held = new CountDownLatch(1);
      Future<?> request =
          threads.submit(() ->
              it.database.write(handle -> {
                Tables.of(it.database.dialect()).accounts().locked(handle, id);
                held.countDown();
                while (!somebodyWaits(handle)) {
                  Thread.onSpinWait();
                }
                return id;
              }));
      held.await();

      shrink(it);

      request.get();
      assertThat(credits(it)).containsExactlyInAnyOrderElementsOf(CHARGED);
    }
  }

  private static boolean somebodyWaits(Handle handle) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        .mapTo(Boolean.class)
        .one();
  }

  private static void twoCredits(LedgerFixture it) {
    it.record(
        Statement.of(
            CREDIT,
            new Witnessed(
                Product.of(new Plan("30d")),
                T,
                rawKey(ALICE),
                true,
                T.plus(Duration.ofDays(2)),
                Source.STORE,
                null),
            new CreditOpened(DAY.multipliedBy(60), T)),
        T);
    assertThat(it.ledger.visit(ALICE, T, T).bind()).isTrue();
    it.voucher(ALICE, 30, T);
  }

  private static void shrink(LedgerFixture it) {
    it.record(Statement.of(CREDIT, new CreditReduced(DAY.multipliedBy(30), day(45))), day(45));
  }

  private static List<Payment.Credit> credits(LedgerFixture it) {
    return it.ledger.page(ALICE, null, 10, day(45)).orElseThrow().payments().stream()
        .flatMap(one -> Stream.ofNullable(one.payment().credit()))
        .toList();
  }
}
