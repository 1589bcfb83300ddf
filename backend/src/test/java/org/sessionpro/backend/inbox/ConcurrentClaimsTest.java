package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.protocol.PurchaseToken;

/// Two processes with several threads each on one database.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentClaimsTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final int ITEMS = 120;
  private static final int THREADS = 4;

  @TempDir Path folder;

  /// Who works on what now, and how often each item was brought to an end.
  private final Map<WorkItem, Thread> holders = new ConcurrentHashMap<>();

  private final Map<WorkItem, Integer> done = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource(Engine.class)
  void nobodyHoldsWhatSomebodyElseHolds(Engine engine) throws Exception {
    DatabaseUrl url = engine.empty(folder);
    try (Database one = Databases.open(url);
        Database other = Databases.open(url);
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS)) {
      Inbox filled = inbox(one, 1);
      for (int i = 0; i < ITEMS; i++) {
        WorkItem item = WorkItem.reconcile(new PurchaseToken("token-" + i));
        filled.enqueue(List.of(Owed.announced(item, T.minusSeconds(i))), T);
      }
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(worker(inbox(one, 10 + i))));
        workers.add(threads.submit(worker(inbox(other, 20 + i))));
      }
      for (Future<Void> worker : workers) {
        worker.get();
      }
      assertThat(done).hasSize(ITEMS).allSatisfy((_, times) -> assertThat(times).isOne());
    }
  }

  private static Inbox inbox(Database database, int seed) {
    return new Inbox(database, new Random(seed), new InboxRules(36, "test"));
  }

  private Callable<Void> worker(Inbox inbox) {
    return () -> {
      while (done.size() < ITEMS && !Thread.currentThread().isInterrupted()) {
        for (Claim claim :
            AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 3, T)) {
          assertThat(holders.putIfAbsent(claim.item(), Thread.currentThread())).isNull();
          assertThat(inbox.renew(claim, T)).isPresent();
          holders.remove(claim.item());
          if (inbox.settle(claim, new Outcome.Done(), T).fate() == Settled.Fate.GONE) {
            done.merge(claim.item(), 1, Integer::sum);
          }
        }
      }
      return null;
    };
  }
}
