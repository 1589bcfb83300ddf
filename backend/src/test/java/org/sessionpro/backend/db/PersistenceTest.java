package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;

class PersistenceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatOneProcessWroteTheNextOneReads(Engine engine) {
    DatabaseUrl url = engine.empty(folder);
    try (Database first = Databases.open(url)) {
      first.write(handle -> handle.execute("INSERT INTO ledger_identity VALUES ('answer', '42')"));
    }

    try (Database second = Databases.open(url)) {
      assertThat(
              second.<String>read(handle ->
                  handle
                      .createQuery("SELECT value FROM ledger_identity WHERE name = 'answer'")
                      .mapTo(String.class)
                      .one()))
          .isEqualTo("42");
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoProcessesWorkOnOneDatabase(Engine engine) {
    DatabaseUrl url = engine.empty(folder);
    try (Database one = Databases.open(url);
        Database other = Databases.open(url)) {
      one.write(handle -> handle.execute("INSERT INTO ledger_identity VALUES ('a', '1')"));
      other.write(handle -> handle.execute("INSERT INTO ledger_identity VALUES ('b', '2')"));

      assertThat(
              one.<Long>read(handle ->
                  handle
                      .createQuery("SELECT count(*) FROM ledger_identity")
                      .mapTo(Long.class)
                      .one()))
          .isEqualTo(2);
    }
  }

  @Test
  void postgresqlRunsWorkAgainThatLostARace() {
    AtomicInteger runs = new AtomicInteger();
    try (Database database = Engine.POSTGRESQL.open(folder)) {
      database.write(handle -> {
        handle.execute("INSERT INTO ledger_identity VALUES ('a', '1')");
        if (runs.incrementAndGet() < 3) {
          throw new LostRace();
        }
        return runs;
      });
    }

    assertThat(runs).hasValue(3);
  }

  @Test
  void theFolderOfADatabaseFileIsMadeForItsOwnerOnly() throws Exception {
    Path file = folder.resolve("one/two/pro.db");
    Databases.open(new DatabaseUrl.Sqlite(file)).close();

    assertThat(file).isRegularFile();
    assertThat(Files.getPosixFilePermissions(file.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aDatabaseInMemoryIsAFileUntilItIsClosed() {
    Path file;
    try (Database database = Databases.open(new DatabaseUrl.InMemory())) {
      database.write(handle -> handle.execute("INSERT INTO ledger_identity VALUES ('a', '1')"));
      file =
          Path.of(
              database.<String>read(handle ->
                  handle
                      .createQuery("SELECT file FROM pragma_database_list")
                      .mapTo(String.class)
                      .one()));
      assertThat(file).isRegularFile();
    }

    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void everyConnectionToAFileIsFullySynchronousBehindALog() {
    try (Database database = Engine.SQLITE.open(folder)) {
      List<String> seen = new ArrayList<>();
      seen.add(database.write(PersistenceTest::durability));
      seen.addAll(readersInUseAtOnce(database, new ArrayList<>()));

      // 2 is FULL.
      assertThat(seen).hasSizeGreaterThan(2).containsOnly("wal 2");
    }
  }

  private static String durability(Handle handle) {
    return handle.createQuery("PRAGMA journal_mode").mapTo(String.class).one()
        + " "
        + handle.createQuery("PRAGMA synchronous").mapTo(String.class).one();
  }

  /// Reads within reads, until each connection was used.
  private static List<String> readersInUseAtOnce(Database database, List<Handle> used) {
    return database.read(handle -> {
      used.add(handle);
      List<String> all =
          used.size() < SqliteDatabase.READERS
              ? readersInUseAtOnce(database, used)
              : new ArrayList<>();
      all.add(durability(handle));
      return all;
    });
  }

  @Test
  void everyDatabaseInMemoryIsEmptyAtFirst() {
    try (Database one = Databases.open(new DatabaseUrl.InMemory());
        Database other = Databases.open(new DatabaseUrl.InMemory())) {
      one.write(handle -> handle.execute("INSERT INTO ledger_identity VALUES ('a', '1')"));

      assertThat(
              other.<Long>read(handle ->
                  handle
                      .createQuery("SELECT count(*) FROM ledger_identity")
                      .mapTo(Long.class)
                      .one()))
          .isZero();
    }
  }

  @Test
  void thereIsNothingToLookAtInMemory() {
    assertThatThrownBy(() -> Databases.view(new DatabaseUrl.InMemory()))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("begins and ends with its server");
  }

  @Test
  void aClosedDatabaseRefusesWorkClearly() {
    Database database = Engine.SQLITE.open(folder);
    database.close();

    assertThatThrownBy(() -> database.write(handle -> handle.execute("SELECT 1")))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedClearly() throws Exception {
    Path file = folder.resolve("not-a-database.db");
    Files.writeString(file, "This is a text file, and a long one at that.".repeat(100));

    assertThatThrownBy(() -> Databases.open(new DatabaseUrl.Sqlite(file)))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void anUnreachableServerIsRefusedWithoutItsPassword() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://user:secret@localhost:1/none");

    assertThatThrownBy(() -> Databases.open(url))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageNotContaining("secret");
  }

  @Property
  void instantsAndLengthsSurviveStorageToTheMicrosecond(
      @ForAll @LongRange(min = -62_000_000_000_000_000L, max = 250_000_000_000_000_000L)
          long micros) {
    Instant instant = Micros.toInstant(micros);
    Duration length = Micros.toDuration(micros);

    assertThat(Micros.of(instant)).isEqualTo(micros);
    assertThat(Micros.of(length)).isEqualTo(micros);
    assertThat(Micros.floor(instant.plusNanos(999))).isEqualTo(instant);
  }
}
