package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the writer of SQLite does with jobs that are committed together when the engine refuses.
class SqliteCommitTest {
  /// Only looked at by COMMIT, because the reference is deferred.
  private static final String ORPHAN = "INSERT INTO child VALUES (7)";

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Engine.SQLITE.open(folder);
    write("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    write("CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
    write("CREATE TABLE numbers (n INTEGER, filler BLOB)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private int write(String sql) {
    return database.write(handle -> handle.execute(sql));
  }

  private List<Long> numbers() {
    return database.read(
        handle -> handle.createQuery("SELECT n FROM numbers ORDER BY n").mapTo(Long.class).list());
  }

  @Test
  void whatIsCommittedTogetherAndWhatIsRefusedIsTold() throws Exception {
    DatabaseLoad.OneWriter before = (DatabaseLoad.OneWriter) database.load();

    together("INSERT INTO numbers VALUES (1, NULL)", ORPHAN);
    together("INSERT INTO numbers VALUES (2, NULL)", "INSERT INTO numbers VALUES (3, NULL)");

    DatabaseLoad.OneWriter after = (DatabaseLoad.OneWriter) database.load();
    assertThat(after.faults() - before.faults()).isOne();
    assertThat(after.batches().sum() - before.batches().sum()).isGreaterThanOrEqualTo(2);
    assertThat(after.queued()).isZero();
    assertThat(after.inUse()).isZero();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readersDoNotWaitForTheWriter() throws Exception {
    write("INSERT INTO numbers VALUES (1, NULL)");
    CountDownLatch changed = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    CompletableFuture<Integer> change =
        CompletableFuture.supplyAsync(() ->
            database.write(handle -> {
              int rows = handle.execute("INSERT INTO numbers VALUES (2, NULL)");
              changed.countDown();
              await(seen);
              return rows;
            }));
    changed.await();

    for (int look = 0; look < 2 * SqliteDatabase.READERS; look++) {
      assertThat(numbers()).containsExactly(1L);
    }
    seen.countDown();

    assertThat(change.get()).isOne();
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void changesAreMadeInTheOrderInWhichTheyCame() throws Exception {
    List<Long> order = LongStream.rangeClosed(1, 20).map(n -> 7 * n % 20).boxed().toList();

    together(
        order.stream()
            .map(n -> "INSERT INTO numbers VALUES (" + n + ", NULL)")
            .toArray(String[]::new));

    List<Long> made =
        database.read(handle ->
            handle.createQuery("SELECT n FROM numbers ORDER BY rowid").mapTo(Long.class).list());
    assertThat(made).isEqualTo(order);
  }

  @Test
  void whatASavepointWouldBringBackIsInNoFile() {
    int memory = 2;

    assertThat(database.<Integer>write(SqliteCommitTest::placeOfWhatIsTemporary)).isEqualTo(memory);
    assertThat(database.<Integer>read(SqliteCommitTest::placeOfWhatIsTemporary)).isZero();
  }

  private static int placeOfWhatIsTemporary(Handle handle) {
    return handle.createQuery("PRAGMA temp_store").mapTo(Integer.class).one();
  }

  @Test
  void aRefusedCommitIsAFaultForEveryJobOfItsBatch() throws Exception {
    List<CompletableFuture<Integer>> answers =
        together(
            "INSERT INTO numbers VALUES (1, NULL)", ORPHAN, "INSERT INTO numbers VALUES (2, NULL)");

    assertThat(answers)
        .allSatisfy(answer ->
            assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(DatabaseFault.class)
                .hasMessage("the database did not take the change"));
    assertThat(numbers()).isEmpty();
  }

  @Test
  void theBatchBehindARefusedOneIsTaken() throws Exception {
    together("INSERT INTO numbers VALUES (1, NULL)", ORPHAN);

    List<CompletableFuture<Integer>> answers =
        together("INSERT INTO numbers VALUES (3, NULL)", "INSERT INTO numbers VALUES (4, NULL)");

    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get()).isOne();
    }
    assertThat(numbers()).containsExactly(3L, 4L);
  }

  @Test
  void aFullDatabaseRefusesWhatNeedsRoomUntilThereIsSome() {
    limitTo("(SELECT page_count FROM pragma_page_count)");

    assertThatThrownBy(() -> write("INSERT INTO numbers VALUES (1, zeroblob(1000000))"))
        .hasStackTraceContaining("SQLITE_FULL");
    assertThat(numbers()).isEmpty();

    limitTo("1000000");
    write("INSERT INTO numbers VALUES (2, zeroblob(1000000))");
    assertThat(numbers()).containsExactly(2L);
  }

  @Test
  void aFullDatabaseIsAFaultForEveryJobOfItsBatch() throws Exception {
    write("INSERT INTO numbers VALUES (0, NULL)");
    limitTo("(SELECT page_count FROM pragma_page_count)");

    List<CompletableFuture<Integer>> answers =
        together(
            "UPDATE numbers SET n = 5",
            "INSERT INTO numbers VALUES (1, zeroblob(1000000))",
            "UPDATE numbers SET n = n + 1");

    assertThat(answers)
        .allSatisfy(answer ->
            assertThatThrownBy(answer::get)
                .as("the engine ends the whole transaction and says why")
                .hasStackTraceContaining("SQLITE_FULL"));
    assertThat(numbers()).containsExactly(0L);
    write("UPDATE numbers SET n = 9");
    assertThat(numbers()).containsExactly(9L);
  }

  /// Sets the most pages that the writer's connection lets the file have.
  private void limitTo(String pages) {
    long limit =
        database.read(handle -> handle.createQuery("SELECT " + pages).mapTo(Long.class).one());
    write("PRAGMA max_page_count = " + limit);
  }

  /// Has the statements committed as one batch: they queue up in their order while the writer is kept
  /// busy.
  private List<CompletableFuture<Integer>> together(String... statements) throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(1);
    Thread holder =
        Thread.ofPlatform()
            .start(() ->
                database.write(_ -> {
                  busy.countDown();
                  await(queued);
                  return 0;
                }));
    busy.await();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    List<Thread> callers = new ArrayList<>(List.of(holder));
    for (String sql : statements) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      answers.add(answer);
      Thread caller = Thread.ofPlatform().start(() -> answer(answer, sql));
      callers.add(caller);
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    queued.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    return answers;
  }

  private void answer(CompletableFuture<Integer> answer, String sql) {
    try {
      answer.complete(write(sql));
    } catch (RuntimeException refused) {
      answer.completeExceptionally(refused);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
