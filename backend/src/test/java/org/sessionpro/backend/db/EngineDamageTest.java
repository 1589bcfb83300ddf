package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;

/// What each engine finds wrong with its own files and catalogs.
class EngineDamageTest {
  @TempDir Path folder;

  @Test
  void sqliteFindsRowsThatBreakAConstraint() throws Exception {
    Path file = folder.resolve("pro.db");
    sqlite(
        file, "PRAGMA ignore_check_constraints = ON", "UPDATE revocation_ticket SET ticket = -1");

    assertThat(damage(new DatabaseUrl.Sqlite(file)))
        .containsExactly(
            new Defect("integrity", 1, "CHECK constraint failed in revocation_ticket"));
  }

  @Test
  void sqliteFindsReferencesToNothing() throws Exception {
    Path file = folder.resolve("pro.db");
    sqlite(
        file,
        "INSERT INTO generations VALUES (1, 1, zeroblob(32), 0, NULL)",
        "INSERT INTO generations VALUES (2, 1, randomblob(32), 0, NULL)");

    assertThat(damage(new DatabaseUrl.Sqlite(file)))
        .containsExactly(
            new Defect(
                "foreign_keys", 2, "a row of generations names one of accounts that is not there"));
  }

  @Test
  void lookingAtAFileLeavesNothingBesideIt() throws Exception {
    Path file = folder.resolve("pro.db");
    sqlite(file);
    Files.delete(folder.resolve("pro.db.lock"));

    damage(new DatabaseUrl.Sqlite(file));

    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void lookingMakesNoFile() {
    Path file = folder.resolve("absent.db");

    assertThatThrownBy(() -> Databases.view(new DatabaseUrl.Sqlite(file)))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("no database file");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatIsNoDatabaseIsAFault() throws Exception {
    Path file = folder.resolve("letter.txt");
    Files.writeString(file, "Dear Sir or Madam, ".repeat(300));

    assertThatThrownBy(() -> damage(new DatabaseUrl.Sqlite(file)))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void postgresqlFindsAConstraintThatWasNeverChecked() {
    DatabaseUrl url = Engine.POSTGRESQL.empty(folder);
    write(url, "ALTER TABLE facts ADD CONSTRAINT late CHECK (number > 5) NOT VALID");

    assertThat(damage(url))
        .containsExactly(
            new Defect("constraints", 1, "the constraint late of facts is not validated"));
  }

  @Test
  void postgresqlFindsAnIndexThatIsNotValid() {
    DatabaseUrl url = Engine.POSTGRESQL.empty(folder);
    write(
        url,
        "UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'payments_of_account'::regclass");

    assertThat(damage(url))
        .containsExactly(new Defect("indexes", 1, "the index payments_of_account is not valid"));
  }

  @Test
  void postgresqlFindsTriggersThatAreSwitchedOff() {
    DatabaseUrl url = Engine.POSTGRESQL.empty(folder);
    write(url, "ALTER TABLE generations DISABLE TRIGGER ALL");

    assertThat(damage(url))
        .containsExactlyInAnyOrder(
            new Defect(
                "foreign_keys",
                1,
                "the foreign key generations_account_id_fkey of generations is switched off"),
            new Defect("triggers", 1, "the trigger generations_revoked_once is not in force"));
  }

  private static List<Defect> damage(DatabaseUrl url) {
    try (DatabaseView view = Databases.view(url)) {
      return view.damage();
    }
  }

  private static void write(DatabaseUrl url, String sql) {
    try (Database database = Databases.open(url)) {
      database.write(handle -> handle.execute(sql));
    }
  }

  /// Behind the back of the rules that every connection of ours keeps.
  private static void sqlite(Path file, String... statements) throws SQLException {
    Databases.open(new DatabaseUrl.Sqlite(file)).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
