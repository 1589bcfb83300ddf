package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.DAY;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.AccountId;

/// A pass over credits while a request works on the same account. SQLite has one writer at a time,
/// so there nobody holds an account while a pass runs.
class DrainBesideRequestsTest {
  @TempDir Path folder;

  @Test
  void anAccountThatARequestHoldsIsLeftToTheNextPass() throws Exception {
    try (LedgerFixture it = new LedgerFixture(Engine.POSTGRESQL, folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      it.voucher(ALICE, 30, T);
      AccountId id = it.account(ALICE).id();
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch passed = new CountDownLatch(1);
      Future<?> request =
          threads.submit(() ->
              it.database.write(handle -> {
                Tables.of(it.database.dialect()).accounts().locked(handle, id);
                held.countDown();
                return await(passed);
              }));
      held.await();

      assertThat(it.ledger.drainCredits(id, day(10), DAY)).isEmpty();

      passed.countDown();
      request.get();
      assertThat(it.ledger.drainCredits(id, day(10), DAY)).isPresent();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
