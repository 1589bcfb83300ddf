package org.sessionpro.backend.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings a database's tables up to date: forward only, each file once, under a lock.
///
/// The files lie in `db/migration/common` and, for what only one engine has, beside it in a folder
/// of the engine's name.
final class Migrations {
  /// Version of the newest file; a test keeps it true.
  static final String NEWEST = "5";

  private Migrations() {}

  static void run(DataSource source, Dialect dialect) {
    if (isUpToDate(source)) {
      return;
    }
    try {
      flyway(source, dialect).migrate();
    } catch (FlywayException failed) {
      throw new DatabaseFault("the tables could not be brought up to date", failed);
    }
  }

  private static Flyway flyway(DataSource source, Dialect dialect) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration/common", "classpath:db/migration/" + dialect.folder())
        .placeholders(dialect.placeholders())
        .load();
  }

  /// Asks the history directly, because loading the library costs a third of a second at every
  /// start.
  private static boolean isUpToDate(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM flyway_schema_history WHERE success = TRUE AND version = '"
                    + NEWEST
                    + "'")) {
      return rows.next() && rows.getInt(1) == 1;
    } catch (SQLException noHistoryYet) {
      return false;
    }
  }
}
