package org.sessionpro.backend.db;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sqlite.SQLiteDataSource;

/// Tables as an earlier release left them.
public final class OlderTables {
  private OlderTables() {}

  /// Makes them where there are none.
  ///
  /// @param url of a database without tables
  /// @param version of the last migration that runs
  public static void make(DatabaseUrl url, int version) {
    Dialect dialect = url instanceof DatabaseUrl.Postgres ? Dialect.POSTGRESQL : Dialect.SQLITE;
    var _ =
        Migrations.flyway(source(url), dialect).target(Integer.toString(version)).load().migrate();
  }

  /// Runs a statement on tables of any version, or of another program; makes a file that is absent.
  public static void change(DatabaseUrl url, String sql) {
    QuietJdbi.of(source(url)).useHandle(handle -> handle.execute(sql));
  }

  private static DataSource source(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> source(sqlite);
      case DatabaseUrl.InMemory _ -> throw new IllegalArgumentException("nothing stays there");
      case DatabaseUrl.Postgres server -> source(server);
    };
  }

  private static DataSource source(DatabaseUrl.Sqlite sqlite) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + sqlite.file().toAbsolutePath());
    return source;
  }

  private static DataSource source(DatabaseUrl.Postgres server) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(server.database());
    source.setUser(server.user());
    source.setPassword(server.password());
    return source;
  }
}
