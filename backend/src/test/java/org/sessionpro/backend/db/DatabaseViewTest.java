package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.SchemaState.Standing;
import org.sessionpro.protocol.ByteString;

@ParameterizedClass
@EnumSource(Engine.class)
class DatabaseViewTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;

  @BeforeEach
  void makeTables() {
    url = engine.empty(folder);
    Databases.open(url).close();
  }

  private void write(String... statements) {
    try (Database database = Databases.open(url)) {
      for (String sql : statements) {
        database.write(handle -> handle.execute(sql));
      }
    }
  }

  private SchemaState schema() {
    try (DatabaseView view = Databases.view(url)) {
      return view.schema();
    }
  }

  private List<Defect> damage() {
    try (DatabaseView view = Databases.view(url)) {
      return view.damage();
    }
  }

  @Test
  void theTablesOfThisProgramAreSound() {
    assertThat(schema().standing()).isEqualTo(Standing.CURRENT);
    assertThat(damage()).isEmpty();
  }

  @Test
  void migratingMakesTheTablesAndSaysThatThereWereNone() {
    url = engine.withoutTables(folder);

    assertThat(Databases.migrate(url, _ -> {}).standing()).isEqualTo(Standing.ABSENT);
    assertThat(schema().standing()).isEqualTo(Standing.CURRENT);
  }

  @Test
  void migratingAgainDoesNothing() {
    assertThat(Databases.migrate(url, _ -> {})).isEqualTo(schema());
    assertThat(schema().installed()).isEqualTo(Integer.valueOf(Migrations.NEWEST));
  }

  @Test
  void olderTablesAreReportedAndLeftAsTheyAre() {
    pretendThatTheNewestMigrationNeverRan();

    assertThat(damage()).extracting(Defect::check).containsExactly("schema_version");
    assertThat(schema().standing()).isEqualTo(Standing.OLDER);
    assertThat(schema().text()).contains("older than this program's");
  }

  @Test
  void tablesOfANewerProgramAreReported() {
    pretendThatANewerProgramWasHere();

    assertThat(damage()).extracting(Defect::check).containsExactly("schema_version");
    assertThat(schema()).isEqualTo(new SchemaState(999, Integer.parseInt(Migrations.NEWEST)));
  }

  @Test
  void tablesOfANewerProgramAreNotMigrated() {
    pretendThatANewerProgramWasHere();

    assertThatThrownBy(() -> Databases.migrate(url, _ -> {}))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("version 999, made by a newer program");
  }

  @Test
  void theTablesOfAnotherProgramAreLeftAlone() {
    url = engine.withoutTables(folder);
    OlderTables.change(url, "CREATE TABLE users (n BIGINT)");

    assertThatThrownBy(() -> Databases.open(url))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("the tables of another program: name a new database in db_url")
        .hasMessageContaining("pro import python --from");
    assertThatThrownBy(() -> Databases.migrate(url, _ -> {})).isInstanceOf(DatabaseFault.class);
    assertThatThrownBy(this::schema).isInstanceOf(DatabaseFault.class);
    assertThat(folder.toFile().list((_, name) -> name.endsWith(".lock")))
        .hasSize(engine == Engine.SQLITE ? 1 : 0);
  }

  /// Its migrations are made by the same library.
  @ParameterizedTest
  @ValueSource(strings = {"7", "20250101120000"})
  void aHistoryOfAnotherProgramIsNotOurs(String version) {
    write(
        "DROP TABLE ledger_identity",
        "UPDATE flyway_schema_history SET version = '" + version + "' WHERE version = '1'");

    assertThatThrownBy(this::schema)
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("the tables of another program");
  }

  /// As a first start leaves it that was ended at once.
  @Test
  void aHistoryInWhichNothingStandsIsLikeNone() {
    url = engine.withoutTables(folder);
    OlderTables.make(url, 1);
    OlderTables.change(url, "DROP TABLE ledger_identity");
    OlderTables.change(url, "DELETE FROM flyway_schema_history");

    assertThat(schema().standing()).isEqualTo(Standing.ABSENT);
  }

  /// An extension's own, and another schema's.
  @Test
  void tablesBesideTheLedgerAreNobodysLedger() {
    assumeThat(engine).isEqualTo(Engine.POSTGRESQL);
    url = engine.withoutTables(folder);
    OlderTables.change(url, "CREATE TABLE of_an_extension (n BIGINT)");
    OlderTables.change(url, "ALTER EXTENSION plpgsql ADD TABLE of_an_extension");
    OlderTables.change(url, "CREATE SCHEMA other CREATE TABLE users (n BIGINT)");

    assertThat(schema().standing()).isEqualTo(Standing.ABSENT);
    assertThat(Databases.migrate(url, _ -> {}).standing()).isEqualTo(Standing.ABSENT);
    assertThat(schema().standing()).isEqualTo(Standing.CURRENT);
  }

  private void pretendThatTheNewestMigrationNeverRan() {
    write("DELETE FROM flyway_schema_history WHERE version = '" + Migrations.NEWEST + "'");
  }

  private void pretendThatANewerProgramWasHere() {
    write(
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, execution_time, success)
        VALUES (999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'somebody', 0, TRUE)
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DELETE FROM revocation_ticket", "CREATE TABLE t (n BIGINT)", "DROP TABLE facts"})
  void nothingCanBeChangedThroughAView(String sql) {
    try (DatabaseView view = Databases.view(url)) {
      assertThatThrownBy(() -> view.read(handle -> handle.execute(sql)))
          .isInstanceOf(DatabaseFault.class);
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void aViewSeesOneStateHoweverLongItTakes() {
    try (DatabaseView view = Databases.view(url)) {
      view.schema();
      write("INSERT INTO ledger_identity VALUES ('later', 'x')");

      assertThat(rows(view, "ledger_identity")).isEmpty();
    }
  }

  @Test
  void allRowsAreHandedOverInOrder() {
    write(
        "CREATE TABLE everything (id BIGINT, flag BOOLEAN, text TEXT, bytes %s)"
            .formatted(engine == Engine.SQLITE ? "BLOB" : "BYTEA"),
        "INSERT INTO everything VALUES (3000000000, NULL, 'x', NULL)",
        "INSERT INTO everything VALUES (2, NULL, NULL, %s)"
            .formatted(engine == Engine.SQLITE ? "x'ff00'" : "'\\xff00'"));

    try (DatabaseView view = Databases.view(url)) {
      assertThat(rows(view, "everything"))
          .containsExactly(
              List.of(
                  new Cell.Whole(2),
                  new Cell.Nothing(),
                  new Cell.Nothing(),
                  new Cell.Bytes(ByteString.fromHex("ff00"))),
              List.of(
                  new Cell.Whole(3_000_000_000L),
                  new Cell.Nothing(),
                  new Cell.Text("x"),
                  new Cell.Nothing()));
    }
  }

  private static List<List<Cell>> rows(DatabaseView view, String name) {
    List<List<Cell>> rows = new ArrayList<>();
    DatabaseView.Table table =
        view.tables().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    view.rows(table, rows::add);
    return rows;
  }

  @Test
  void theTablesAreOursOnly() {
    try (DatabaseView view = Databases.view(url)) {
      assertThat(view.tables())
          .extracting(DatabaseView.Table::name)
          .contains("accounts", "facts", "payments")
          .isSorted()
          .noneMatch(name -> name.startsWith("flyway") || name.startsWith("sqlite"));
    }
  }

  @Test
  void aTriggerThatIsGoneIsFound() {
    String trigger = Dialect.valueOf(engine.name()).triggers().getFirst();
    write("DROP TRIGGER " + trigger + (engine == Engine.SQLITE ? "" : " ON facts"));

    assertThat(damage())
        .containsExactly(new Defect("triggers", 1, "the trigger " + trigger + " is not in force"));
  }

  @Test
  void aMigrationThatRanInAnotherFormIsFound() {
    write("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");

    assertThat(damage())
        .containsExactly(
            new Defect("migrations", 1, "migration 1 did not run as this program has it"));
  }

  @Test
  void aMigrationThatThisProgramDoesNotHaveIsFound() {
    write("UPDATE flyway_schema_history SET version = '1.5' WHERE version = '1'");

    assertThat(damage()).extracting(Defect::check).contains("migrations");
  }
}
