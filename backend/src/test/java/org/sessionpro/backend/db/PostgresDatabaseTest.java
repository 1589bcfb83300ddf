package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PublicKey;

/// Who waits for whom on PostgreSQL.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresDatabaseTest {
  private static final int CONNECTIONS = 10;

  /// As many as stand in one line behind who is at work; more than there are connections.
  private static final int CROWD = Line.SEATS - 1;

  @TempDir Path folder;
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Database database;

  @BeforeEach
  void open() {
    database = Engine.POSTGRESQL.open(folder);
    database.write(handle -> handle.execute("CREATE TABLE accounts_of_test (id BIGINT, n BIGINT)"));
    database.write(handle -> handle.execute("INSERT INTO accounts_of_test VALUES (1, 0), (2, 0)"));
  }

  @AfterEach
  void close() {
    release.countDown();
    threads.close();
    database.close();
  }

  private static int add(Handle handle, int id) {
    return handle.execute("UPDATE accounts_of_test SET n = n + 1 WHERE id = ?", id);
  }

  private static Line line(int account) {
    byte[] key = new byte[PublicKey.SIZE];
    key[0] = (byte) account;
    return new Line(new MasterKey(ByteString.of(key)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private long total() {
    return database.<Long>read(handle ->
        handle.createQuery("SELECT sum(n) FROM accounts_of_test").mapTo(Long.class).one());
  }

  /// Keeps connections busy until the end.
  private List<Future<?>> occupy(int connections) {
    CountDownLatch begun = new CountDownLatch(connections);
    List<Future<?>> busy = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      busy.add(
          threads.submit(() ->
              database.read(handle -> {
                begun.countDown();
                await(release);
                return handle.execute("SELECT 1");
              })));
    }
    await(begun);
    return busy;
  }

  @Test
  void whoIsAtWorkAndWhoWaitsIsTold() throws Exception {
    occupy(CONNECTIONS);
    Future<Long> waiting = threads.submit(this::total);
    while (((DatabaseLoad.Pool) database.load()).waiting() == 0) {
      Thread.onSpinWait();
    }

    assertThat(database.load()).isEqualTo(new DatabaseLoad.Pool(CONNECTIONS, CONNECTIONS, 1, 0, 0));
    release.countDown();
    assertThat(waiting.get()).isZero();
  }

  @Test
  void whatTheServerRefusesIsAFault() {
    assertThatThrownBy(() -> database.read(handle -> handle.execute("SELECT 1 FROM nowhere")))
        .isInstanceOf(JdbiException.class);

    assertThat(database.load().faults()).isOne();
  }

  @Test
  void manyChangesOfOneAccountKeepNoOtherWaiting() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    List<Future<Integer>> hot = new ArrayList<>();
    hot.add(
        threads.submit(() ->
            database.write(
                line(1),
                handle -> {
                  int changed = add(handle, 1);
                  held.countDown();
                  await(release);
                  return changed;
                })));
    await(held);
    CountDownLatch begun = new CountDownLatch(CROWD);
    for (int i = 0; i < CROWD; i++) {
      hot.add(
          threads.submit(() -> {
            begun.countDown();
            return database.write(line(1), handle -> add(handle, 1));
          }));
    }
    await(begun);

    // Longer than nobody's turn, and shorter than the database lets anybody wait for a row.
    Future<Integer> other = threads.submit(() -> database.write(line(2), handle -> add(handle, 2)));
    assertThat(other.get(2, TimeUnit.SECONDS)).isOne();

    release.countDown();
    for (Future<Integer> each : hot) {
      assertThat(each.get()).isOne();
    }
    assertThat(total()).isEqualTo(CROWD + 2);
  }

  @Test
  void whoeverWaitsForAConnectionGetsItInOrder() throws Exception {
    List<Future<?>> busy = occupy(CONNECTIONS);
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      Thread[] thread = new Thread[1];
      CountDownLatch begun = new CountDownLatch(1);
      waiting.add(
          threads.submit(() -> {
            thread[0] = Thread.currentThread();
            begun.countDown();
            return database.read(handle -> served.add(number));
          }));
      await(begun);
      while (thread[0].getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }

    release.countDown();
    for (Future<?> each : busy) {
      each.get();
    }
    for (Future<?> each : waiting) {
      each.get();
    }

    // As many are let in at once as there are connections, and those overtake each other.
    for (int i = 0; i < served.size(); i++) {
      assertThat(served.get(i)).isLessThan(i + CONNECTIONS);
    }
  }

  @Test
  void aCloseWaitsForWhatIsUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Integer> change =
        threads.submit(() ->
            database.write(handle -> {
              begun.countDown();
              await(release);
              return add(handle, 1);
            }));
    await(begun);
    Thread close = Thread.startVirtualThread(database::close);
    while (close.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    release.countDown();

    assertThat(change.get()).isOne();
    close.join();
  }

  @Test
  void aCloseDoesNotWaitForEver() throws Exception {
    List<Future<?>> busy = occupy(1);

    database.close();

    assertThat(busy.getFirst().isDone()).isFalse();
    assertThatThrownBy(this::total)
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("closed");
  }

  /// Otherwise a process that is suspended in the middle of a change keeps its rows from all others.
  @Test
  void theServerEndsTheTransactionOfWhoFallsSilent() {
    assertThat(limit("idle_in_transaction_session_timeout")).isEqualTo("10s");
  }

  /// Otherwise many statements, none of which takes long, outlast together whoever asked.
  @Test
  void theServerEndsATransactionThatTakesTooLongAsAWhole() {
    assertThat(limit("transaction_timeout")).isEqualTo("10s");
  }

  private String limit(String name) {
    return database.read(handle -> handle.createQuery("SHOW " + name).mapTo(String.class).one());
  }

  @Test
  void aSnapshotChangesNothing() {
    assertThatThrownBy(() -> database.snapshot(handle -> add(handle, 1)))
        .hasStackTraceContaining("read-only");

    assertThat(total()).isZero();
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      assertThat(database.<Integer>write(handle -> add(handle, 2))).isOne();
    }
  }

  @Test
  void aSnapshotThatFailsLeavesNoConnectionInIt() {
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      assertThatThrownBy(() -> database.snapshot(handle -> handle.execute("SELECT 1 / 0")))
          .hasStackTraceContaining("division by zero");
    }

    assertThat(database.<Integer>write(handle -> add(handle, 1))).isOne();
  }
}
