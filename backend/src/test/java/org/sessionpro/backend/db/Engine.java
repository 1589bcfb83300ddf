package org.sessionpro.backend.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.FolderInMemory;
import org.sessionpro.backend.config.DatabaseUrl;

/// The two engines that every test of the tables runs on; both real.
public enum Engine {
  SQLITE {
    @Override
    public DatabaseUrl empty(Path folder) {
      return new DatabaseUrl.Sqlite(Migrated.file(newFile(folder)));
    }

    @Override
    public DatabaseUrl withoutTables(Path folder) {
      return new DatabaseUrl.Sqlite(newFile(folder));
    }

    private static Path newFile(Path folder) {
      return folder.resolve("pro-" + NUMBER.incrementAndGet() + ".db");
    }
  },
  POSTGRESQL {
    @Override
    public DatabaseUrl empty(Path folder) {
      return Server.create(" TEMPLATE " + Server.TEMPLATE + " STRATEGY FILE_COPY");
    }

    @Override
    public DatabaseUrl withoutTables(Path folder) {
      return Server.create("");
    }
  };

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /// Where an empty database of this engine is, with its tables; nobody else uses it.
  ///
  /// @param folder for the files of an embedded engine
  public abstract DatabaseUrl empty(Path folder);

  /// Where a database is that nobody has opened; with SQLite there is no file yet.
  ///
  /// @param folder for the files of an embedded engine
  public abstract DatabaseUrl withoutTables(Path folder);

  /// How the program is told of a database, password included.
  public static String text(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> "sqlite:///" + sqlite.file().toAbsolutePath();
      case DatabaseUrl.InMemory _ -> "sqlite://";
      case DatabaseUrl.Postgres server ->
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(
                  server.user(),
                  server.password(),
                  server.host(),
                  server.port(),
                  server.database());
    };
  }

  /// Opens an empty database.
  public Database open(Path folder) {
    return Databases.open(empty(folder));
  }

  /// Embedded databases with the migrated tables, each a copy of the first one.
  private static final class Migrated {
    private static byte @Nullable [] first;

    static synchronized Path file(Path file) {
      try {
        if (first == null) {
          Databases.open(new DatabaseUrl.Sqlite(file)).close();
          first = Files.readAllBytes(file);
        } else {
          Files.write(file, first);
        }
        return file;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /// One PostgreSQL server for all tests of this process; ends with it, as its files do. Its template
  /// holds the migrated tables, so that each test's database is a copy: hundreds of files, which is
  /// why they are in memory, and copied without a detour through the log.
  private static final class Server {
    private static final String TEMPLATE = "migrated";

    /// A test may close its database and open it again, so the newest stay.
    private static final int KEPT = 40;

    private static final AtomicInteger CREATED = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setDataDirectory(FolderInMemory.create("session-pro-postgres"))
            .setServerConfig("max_connections", "200")
            .setServerConfig("fsync", "off")
            .start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    static {
      execute("CREATE DATABASE " + TEMPLATE);
      Databases.open(url(TEMPLATE)).close();
    }

    /// A new database. An old one goes for it, unless somebody is still connected: hundreds of them,
    /// of 300 files each, would take the end of the process half a minute to delete.
    private static DatabaseUrl create(String how) {
      int number = CREATED.incrementAndGet();
      if (number > KEPT) {
        dropUnlessUsed("test_" + (number - KEPT));
      }
      execute("CREATE DATABASE test_" + number + how);
      return url("test_" + number);
    }

    private static void dropUnlessUsed(String database) {
      try {
        execute("DROP DATABASE IF EXISTS " + database);
      } catch (IllegalStateException used) {
        // It goes with the server.
      }
    }

    private static DatabaseUrl url(String database) {
      return DatabaseUrl.parse(
          "postgresql://postgres:postgres@localhost:" + POSTGRES.getPort() + "/" + database);
    }

    private static void execute(String sql) {
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
