package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class DatabaseTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = engine.open(folder);
    write("CREATE TABLE numbers (n BIGINT NOT NULL UNIQUE)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void write(String sql) {
    database.write(handle -> handle.execute(sql));
  }

  private long sum() {
    return database.read(DatabaseTest::sum);
  }

  private static long sum(Handle handle) {
    return handle.createQuery("SELECT coalesce(sum(n), 0) FROM numbers").mapTo(Long.class).one();
  }

  @Test
  void whatWasWrittenIsReadAfterwards() {
    write("INSERT INTO numbers VALUES (7)");

    assertThat(sum()).isEqualTo(7);
  }

  @Test
  void workThatThrowsLeavesNothing() {
    assertThatThrownBy(() ->
            database.write(handle -> {
              handle.execute("INSERT INTO numbers VALUES (1)");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");

    assertThat(sum()).isZero();
  }

  @Test
  void aSnapshotSeesOneStateHoweverLongItTakes() {
    write("INSERT INTO numbers VALUES (1)");

    long[] seen =
        database.snapshot(handle -> {
          long before = sum(handle);
          write("INSERT INTO numbers VALUES (10)");
          return new long[] {before, sum(handle)};
        });

    assertThat(seen).containsExactly(1, 1);
    assertThat(sum()).isEqualTo(11);
  }

  @Test
  void manyWritersAtOnceAllGetTheirTurn() throws Exception {
    int writers = 32;
    CountDownLatch ready = new CountDownLatch(writers);
    List<Callable<Integer>> jobs = new ArrayList<>();
    for (int i = 1; i <= writers; i++) {
      int number = i;
      jobs.add(() -> {
        ready.countDown();
        ready.await();
        return database.write(handle -> handle.execute("INSERT INTO numbers VALUES (?)", number));
      });
    }

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : threads.invokeAll(jobs)) {
        assertThat(done.get()).isEqualTo(1);
      }
    }

    assertThat(sum()).isEqualTo(writers * (writers + 1L) / 2);
  }

  @Test
  void aFailingJobDoesNotSinkTheOnesCommittedWithIt() throws Exception {
    write("INSERT INTO numbers VALUES (1)");
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder =
          threads.submit(() ->
              database.write(handle -> {
                entered.countDown();
                await(queued);
                return handle.execute("INSERT INTO numbers VALUES (2)");
              }));
      entered.await();
      Future<?> duplicate =
          threads.submit(
              () -> database.write(handle -> handle.execute("INSERT INTO numbers VALUES (1)")));
      Future<?> good =
          threads.submit(
              () -> database.write(handle -> handle.execute("INSERT INTO numbers VALUES (4)")));
      queued.countDown();
      holder.get();
      good.get();
      assertThatThrownBy(duplicate::get).isNotNull();
    }

    assertThat(sum()).isEqualTo(7);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void theNewestMigrationIsTheOneThatTheQuickCheckLooksFor() {
    String newest =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC")
                .mapTo(String.class)
                .list()
                .getFirst());

    assertThat(newest).isEqualTo(Migrations.NEWEST);
  }

  @Test
  void aRevocationIsFinalInTheDatabaseItself() {
    write(
        """
        INSERT INTO accounts (id, master_key, generation, expiry_at, auto_renewing,
          proof_expiry_offset, fact_count)
        VALUES (1, %s, 1, 0, FALSE, 0, 0)
        """
            .formatted(blob("01")));
    write(
        "INSERT INTO generations (account_id, ordinal, tag, issued_at, revoked_at) VALUES (1, 1, "
            + blob("02")
            + ", 0, 5)");

    assertThatThrownBy(() -> write("UPDATE generations SET revoked_at = NULL"))
        .hasStackTraceContaining("a revocation is final");
    assertThatThrownBy(() -> write("UPDATE generations SET revoked_at = 6"))
        .hasStackTraceContaining("a revocation is final");
  }

  @Test
  void factsCannotBeChangedOrDeleted() {
    write("INSERT INTO facts VALUES ('account', 1, 1, 'operator_note', 0, 0, '{}')");

    assertThatThrownBy(() -> write("UPDATE facts SET body = '[]'"))
        .hasStackTraceContaining("append only");
    assertThatThrownBy(() -> write("DELETE FROM facts")).hasStackTraceContaining("append only");
  }

  private String blob(String digits) {
    String hex = digits.repeat(32);
    return engine == Engine.SQLITE ? "x'" + hex + "'" : "'\\x" + hex + "'::bytea";
  }
}
