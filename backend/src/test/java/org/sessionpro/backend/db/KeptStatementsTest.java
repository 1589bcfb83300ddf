package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStatementsTest {
  @TempDir Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("pro.db"));
    database.write(handle -> handle.execute("CREATE TABLE kept (n INTEGER PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Statement prepared(Handle handle, String sql) {
    return handle.createQuery(sql).map((row, _) -> row.getStatement()).one();
  }

  @Test
  void theSameTextIsPreparedOnce() {
    database.write(handle -> {
      assertThat(prepared(handle, "SELECT 1")).isSameAs(prepared(handle, "SELECT 1"));
      return true;
    });
  }

  @Test
  void aStatementWithParametersIsPreparedOnce() {
    database.write(handle -> {
      assertThat(bound(handle, 1)).isSameAs(bound(handle, 2));
      return true;
    });
  }

  private static Statement bound(Handle handle, int n) {
    return handle.createQuery("SELECT :n").bind("n", n).map((row, _) -> row.getStatement()).one();
  }

  @Test
  void lookUpsShareWhatIsPrepared() {
    Lookup one = new Lookup("SELECT 1");

    database.write(handle -> {
      assertThat(one.one(handle, ResultSet::getStatement))
          .isSameAs(one.one(handle, ResultSet::getStatement))
          .isSameAs(prepared(handle, "SELECT 1"));
      return true;
    });
  }

  @Test
  void aLookUpFindsItsColumnsEachTime() {
    database.write(handle -> handle.execute("INSERT INTO kept VALUES (1), (2)"));
    Lookup all = new Lookup("SELECT n, n * 10 AS tenfold FROM kept ORDER BY n");
    Lookup none = new Lookup("SELECT n FROM kept WHERE n > 2");

    database.read(handle -> {
      for (int time = 0; time < 3; time++) {
        assertThat(all.all(handle, row -> row.getInt(1) + row.getInt("tenfold")))
            .containsExactly(11, 22);
        assertThat(none.first(handle, row -> row.getInt(1))).isEmpty();
      }
      return true;
    });
  }

  @Test
  void aLookUpMayBeUsedWithinItself() {
    database.write(handle -> handle.execute("INSERT INTO kept VALUES (1), (2)"));
    Lookup all = new Lookup("SELECT n FROM kept ORDER BY n");

    List<List<Integer>> nested =
        database.read(handle -> all.all(handle, _ -> all.all(handle, row -> row.getInt(1))));

    assertThat(nested).containsExactly(List.of(1, 2), List.of(1, 2));
  }

  @Test
  void whatALookUpHasRunKnowsItsColumnsByNameToo() {
    database.write(handle -> handle.execute("INSERT INTO kept VALUES (1)"));
    String sql = "SELECT n AS named FROM kept";
    Lookup lookup = new Lookup(sql);

    List<Integer> found =
        database.read(handle -> {
          lookup.all(handle, row -> row.getInt(1));
          lookup.all(handle, row -> row.getInt(1));
          return handle.createQuery(sql).map((row, _) -> row.getInt("named")).list();
        });

    assertThat(found).containsExactly(1);
  }

  @Test
  void aLookUpThatFailedServesAgain() {
    Lookup insert = new Lookup("INSERT INTO kept VALUES (?) RETURNING n");
    database.write(handle -> insert.one(handle, row -> row.getInt(1), 1));
    assertThatThrownBy(() -> database.write(handle -> insert.one(handle, row -> row.getInt(1), 1)))
        .isInstanceOf(StatementFailed.class);

    int next = database.write(handle -> insert.one(handle, row -> row.getInt(1), 2));

    assertThat(next).isEqualTo(2);
  }

  @Test
  void aStatementWithoutRowsIsNoLookUpForThem() {
    Lookup none = new Lookup("DELETE FROM kept");

    assertThatThrownBy(() -> database.write(handle -> none.first(handle, row -> row.getInt(1))))
        .isInstanceOf(StatementFailed.class);
  }

  @Test
  void aStatementMayBeUsedWithinItself() {
    database.write(handle -> handle.execute("INSERT INTO kept VALUES (1), (2)"));
    String all = "SELECT n FROM kept ORDER BY n";

    List<List<Integer>> nested =
        database.read(handle ->
            handle
                .createQuery(all)
                .map((row, _) -> handle.createQuery(all).mapTo(Integer.class).list())
                .list());

    assertThat(nested).containsExactly(List.of(1, 2), List.of(1, 2));
  }

  @Test
  void argumentsOfTheLastUseAreForgotten() {
    String insert = "INSERT INTO kept VALUES (:n)";
    database.write(handle -> handle.createUpdate(insert).bind("n", 1).execute());

    assertThatThrownBy(() -> database.write(handle -> handle.createUpdate(insert).execute()))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aStatementThatFailedServesAgain() {
    String insert = "INSERT INTO kept VALUES (:n)";
    database.write(handle -> handle.createUpdate(insert).bind("n", 1).execute());
    assertThatThrownBy(
            () -> database.write(handle -> handle.createUpdate(insert).bind("n", 1).execute()))
        .isInstanceOf(RuntimeException.class);

    database.write(handle -> handle.createUpdate(insert).bind("n", 2).execute());

    assertThat(
            database.<Integer>read(handle ->
                handle.createQuery("SELECT count(*) FROM kept").mapTo(Integer.class).one()))
        .isEqualTo(2);
  }

  @Test
  void whatFailedWithinTheEngineIsPreparedAnew() {
    database.read(handle -> {
      // Outside of a transaction: the driver gives the statement up.
      assertThatThrownBy(() -> handle.execute("ROLLBACK")).isInstanceOf(RuntimeException.class);
      handle.execute("BEGIN");
      handle.execute("ROLLBACK");
      handle.execute("BEGIN");
      return handle.execute("ROLLBACK");
    });
  }

  @Test
  void aReaderWhoseQueryIsLeftEarlySeesLaterChanges() {
    database.write(handle -> handle.execute("INSERT INTO kept VALUES (1), (2)"));
    for (int reader = 0; reader < 8; reader++) {
      database.read(
          handle -> handle.createQuery("SELECT n FROM kept").mapTo(Integer.class).findFirst());
    }

    database.write(handle -> handle.execute("DELETE FROM kept"));

    for (int reader = 0; reader < 8; reader++) {
      assertThat(
              database.<Boolean>read(handle ->
                  handle.createQuery("SELECT n FROM kept").mapTo(Integer.class).list().isEmpty()))
          .isTrue();
    }
  }

  @Test
  void moreStatementsThanAreKeptAreClosed() {
    database.read(handle -> {
      Statement first = prepared(handle, "SELECT 0");
      for (int other = 1; other <= 256; other++) {
        prepared(handle, "SELECT " + other);
      }
      assertThat(isClosed(first)).isTrue();
      return true;
    });
  }

  private static boolean isClosed(Statement statement) {
    try {
      return statement.isClosed();
    } catch (java.sql.SQLException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
