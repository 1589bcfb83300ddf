package org.sessionpro.backend.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;

/// Brings a database's tables up to date: forward only, each file once, under a lock.
///
/// The files lie in `db/migration/common` and, for what only one engine has, beside it in a folder
/// of the engine's name.
final class Migrations {
  /// Version of the newest file; a test keeps it true.
  static final String NEWEST = "21";

  /// The table in which the library notes what ran.
  static final String HISTORY = "flyway_schema_history";

  /// What the first file makes. Other programs have a history by this name too.
  static final String FIRST_TABLE = "ledger_identity";

  /// What a database without tables is to this program.
  static final SchemaState NOTHING_THERE = new SchemaState(null, Integer.parseInt(NEWEST));

  private static final String INSTALLED =
      "SELECT version FROM " + HISTORY + " WHERE success = TRUE AND version IS NOT NULL";

  private Migrations() {}

  /// Does nothing where there is nothing to do.
  ///
  /// @throws DatabaseFault if it is impossible
  static void run(DataSource source, Dialect dialect) {
    run(source, dialect, _ -> {});
  }

  /// As above.
  ///
  /// @param begins told the version of each migration before it runs
  static void run(DataSource source, Dialect dialect, IntConsumer begins) {
    if (isUpToDate(source)) {
      return;
    }
    try {
      flyway(source, dialect).callbacks(new Teller(begins)).load().migrate();
    } catch (FlywayException failed) {
      throw new DatabaseFault("the tables could not be brought up to date", failed);
    }
  }

  /// How the tables stand; there must be a [#HISTORY].
  static SchemaState state(Handle handle) {
    Integer installed =
        handle.createQuery(INSTALLED).mapTo(String.class).list().stream()
            .map(Migrations::whole)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return new SchemaState(installed, NOTHING_THERE.newest());
  }

  /// Whether nothing has been noted in the [#HISTORY], which must be there.
  static boolean noneRan(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM " + HISTORY).mapTo(Long.class).one() == 0;
  }

  /// Ours are whole numbers; one that is not comes from another program.
  private static Integer whole(String version) {
    return Integer.valueOf(version.replaceFirst("\\D.*", ""));
  }

  /// Migrations that did not run to their end, or in another form than the one this program has.
  static List<Defect> changed(DataSource source, Dialect dialect) {
    try {
      return Arrays.stream(flyway(source, dialect).load().info().all())
          .filter(it -> it.getState() != MigrationState.SUCCESS || !it.isChecksumMatching())
          .map(it -> "migration %s did not run as this program has it".formatted(it.getVersion()))
          .map(detail -> new Defect("migrations", 1, detail))
          .toList();
    } catch (FlywayException failed) {
      throw new DatabaseFault("the history of the tables cannot be read", failed);
    }
  }

  /// The library, set up for this program's files.
  static FluentConfiguration flyway(DataSource source, Dialect dialect) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration/common", "classpath:db/migration/" + dialect.folder())
        .placeholders(dialect.placeholders());
  }

  /// Says which migration begins.
  private static final class Teller extends BaseCallback {
    private final IntConsumer begins;

    Teller(IntConsumer begins) {
      this.begins = begins;
    }

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
      begins.accept(whole(context.getMigrationInfo().getVersion().getVersion()));
    }
  }

  /// Asks the history directly, because loading the library costs a third of a second at every
  /// start.
  private static boolean isUpToDate(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM "
                    + HISTORY
                    + " WHERE success = TRUE AND version = '"
                    + NEWEST
                    + "'")) {
      return rows.next() && rows.getInt(1) == 1;
    } catch (SQLException noHistoryYet) {
      return false;
    }
  }
}
