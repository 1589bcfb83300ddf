package org.sessionpro.backend.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sessionpro.backend.config.DatabaseUrl;

/// What a broken disk or a repair by hand may do to a database: changes its rows with every
/// constraint and trigger out of the way.
public final class Damage {
  private static final List<String> WITHOUT_SQLITE_RULES =
      List.of(
          "PRAGMA foreign_keys = OFF",
          "PRAGMA ignore_check_constraints = ON",
          "DROP TRIGGER IF EXISTS generations_revoked_once",
          "DROP TRIGGER IF EXISTS facts_are_append_only_update",
          "DROP TRIGGER IF EXISTS facts_are_append_only_delete");

  private static final List<String> WITHOUT_POSTGRESQL_RULES =
      List.of(
          """
          DO $$
          DECLARE it RECORD;
          BEGIN
            FOR it IN
              SELECT conrelid::regclass AS owner, conname FROM pg_constraint
              WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace
            LOOP
              EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', it.owner, it.conname);
            END LOOP;
          END $$
          """,
          "DROP TRIGGER IF EXISTS generations_revoked_once ON generations",
          "DROP TRIGGER IF EXISTS facts_are_append_only ON facts");

  private Damage() {}

  /// Runs statements that no rule of the tables stops.
  public static void to(DatabaseUrl url, String... statements) {
    try (Connection connection = connect(url);
        Statement sql = connection.createStatement()) {
      for (String rule : rules(url)) {
        sql.execute(rule);
      }
      for (String statement : statements) {
        sql.execute(statement);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static List<String> rules(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite _, DatabaseUrl.InMemory _ -> WITHOUT_SQLITE_RULES;
      case DatabaseUrl.Postgres _ -> WITHOUT_POSTGRESQL_RULES;
    };
  }

  /// A connection of its own, behind the back of everybody.
  public static Connection connect(DatabaseUrl url) throws SQLException {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> DriverManager.getConnection("jdbc:sqlite:" + sqlite.file());
      case DatabaseUrl.InMemory _ ->
          throw new IllegalArgumentException("nobody else reaches a database in memory");
      case DatabaseUrl.Postgres server -> {
        Properties login = new Properties();
        login.setProperty("user", String.valueOf(server.user()));
        login.setProperty("password", String.valueOf(server.password()));
        String database = server.host() + ":" + server.port() + "/" + server.database();
        yield DriverManager.getConnection("jdbc:postgresql://" + database, login);
      }
    };
  }
}
