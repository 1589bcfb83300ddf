package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;

/// An account of which much is wanted at once, while somebody holds it.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HotAccountTest {
  /// Twice of each of two kinds what there are connections for.
  private static final int REQUESTS = 20;

  @TempDir Path folder;

  @Test
  void requestsOfAHeldAccountKeepNoOtherAccountWaiting() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (LedgerFixture it = new LedgerFixture(Engine.POSTGRESQL, folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      it.voucher(ALICE, 30, T);
      it.voucher(BOB, 30, T);
      Account alice = it.account(ALICE);
      Account bob = it.account(BOB);
      Future<?> holder = threads.submit(() -> hold(it, alice, held, release));
      held.await();
      CountDownLatch begun = new CountDownLatch(2 * REQUESTS);
      List<Future<?>> hot = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        hot.add(
            threads.submit(() -> {
              begun.countDown();
              return it.ledger.countProof(alice, T, 1_000);
            }));
        hot.add(
            threads.submit(() -> {
              begun.countDown();
              return it.ledger.revoke(ALICE, "test", T);
            }));
      }
      begun.await();

      Future<Boolean> other = threads.submit(() -> it.ledger.countProof(bob, T, 1_000));

      assertThat(other.get(2, TimeUnit.SECONDS)).isTrue();
      release.countDown();
      holder.get();
      for (Future<?> each : hot) {
        each.get();
      }
    }
  }

  private static boolean hold(
      LedgerFixture it, Account account, CountDownLatch held, CountDownLatch release) {
    return it.database.<Boolean>write(handle -> {
      handle.execute("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account.id().value());
      held.countDown();
      try {
        return release.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    });
  }
}
