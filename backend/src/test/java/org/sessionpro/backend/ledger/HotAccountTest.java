package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.T;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseLoad;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.protocol.MasterKey;

/// Accounts of which much is wanted at once, while somebody holds them.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HotAccountTest {
  /// Twice as many would take all connections, one each.
  private static final List<MasterKey> HELD =
      IntStream.rangeClosed(1, 5).mapToObj(LedgerFixture::key).toList();

  private static final MasterKey OTHER = LedgerFixture.key(6);

  /// Of each kind, by each account: together four times what there are connections for.
  private static final int REQUESTS = 4;

  @TempDir Path folder;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void requestsOfHeldAccountsTakeOneConnectionEach() throws Exception {
    try (LedgerFixture it = new LedgerFixture(Engine.POSTGRESQL, folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HELD.forEach(key -> it.voucher(key, 30, T));
      it.voucher(OTHER, 30, T);
      Account other = it.account(OTHER);
      List<Future<?>> hot = new ArrayList<>();
      hot.add(threads.submit(() -> hold(it.database)));
      held.await();
      for (MasterKey key : HELD) {
        hot.addAll(everything(it, key, threads));
      }
      while (inUse(it.database) < 1 + HELD.size()) {
        Thread.onSpinWait();
      }

      Future<Boolean> proof = threads.submit(() -> it.ledger.countProof(OTHER, other, T, 1_000));

      assertThat(proof.get(2, TimeUnit.SECONDS)).isTrue();
      threads.submit(() -> it.voucher(OTHER, 30, T)).get(2, TimeUnit.SECONDS);
      assertThat(inUse(it.database)).isEqualTo(1 + HELD.size());
      release.countDown();
      for (Future<?> each : hot) {
        each.get();
      }
    } finally {
      release.countDown();
    }
  }

  /// Whatever a client can make wait for the account's row.
  private static List<Future<?>> everything(
      LedgerFixture it, MasterKey key, ExecutorService threads) throws InterruptedException {
    Account account = it.account(key);
    CountDownLatch begun = new CountDownLatch(3 * REQUESTS);
    List<Future<?>> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      requests.add(
          threads.submit(() -> {
            begun.countDown();
            return it.ledger.countProof(key, account, T, 1_000);
          }));
      requests.add(
          threads.submit(() -> {
            begun.countDown();
            return it.ledger.claim(key, OwnerIds.of(key), T, T);
          }));
      requests.add(
          threads.submit(() -> {
            begun.countDown();
            return it.ledger.revoke(key, "test", T);
          }));
    }
    begun.await();
    return requests;
  }

  private static int inUse(Database database) {
    return ((DatabaseLoad.Pool) database.load()).inUse();
  }

  private boolean hold(Database database) {
    return database.<Boolean>write(handle -> {
      handle
          .createQuery("SELECT id FROM accounts WHERE master_key IN (<keys>) FOR UPDATE")
          .bindList("keys", HELD.stream().map(key -> key.bytes().toByteArray()).toList())
          .mapTo(Long.class)
          .list();
      handle.execute("SELECT ticket FROM revocation_ticket FOR UPDATE");
      held.countDown();
      try {
        return release.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    });
  }
}
