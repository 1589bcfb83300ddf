package org.sessionpro.backend.strength;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Damage;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;

/// A database whose disk can be filled and emptied (`decisions.md` §7).
abstract class FullDisk implements AutoCloseable {
  private final DatabaseUrl url;
  private final Database database;

  private FullDisk(DatabaseUrl url) {
    this.url = url;
    this.database = Databases.open(url);
  }

  /// How a disk becomes full.
  enum Kind {
    /// The engine is told that its file may not grow.
    SQLITE_PAGE_LIMIT {
      @Override
      FullDisk open(Path folder) {
        return new PageLimit(Engine.SQLITE.empty(folder));
      }
    },
    /// Every new fact meets with the error of a full disk.
    POSTGRESQL_ERROR_53100 {
      @Override
      FullDisk open(Path folder) {
        return new InjectedError(Engine.POSTGRESQL.empty(folder));
      }
    },
    /// The disk is small, and full; skipped where none can be mounted.
    POSTGRESQL_SMALL_DISK {
      @Override
      FullDisk open(Path folder) {
        Optional<SmallDisk> disk = SmallDisk.mount(32);
        assumeTrue(disk.isPresent(), "no disk can be mounted");
        return SmallTablespace.on(disk.orElseThrow(), Engine.POSTGRESQL.empty(folder));
      }
    };

    abstract FullDisk open(Path folder);
  }

  DatabaseUrl url() {
    return url;
  }

  /// Closed by whoever takes it.
  Database database() {
    return database;
  }

  /// Leaves no room.
  abstract void fill();

  /// Makes room again.
  abstract void free();

  @Override
  public void close() {}

  private static void execute(DatabaseUrl url, String... statements) {
    try (Connection connection = Damage.connect(url);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// The limit is one of the connection that writes.
  private static final class PageLimit extends FullDisk {
    PageLimit(DatabaseUrl url) {
      super(url);
    }

    @Override
    void fill() {
      limitTo(
          database()
              .<Long>read(handle ->
                  handle
                      .createQuery("SELECT page_count FROM pragma_page_count")
                      .mapTo(Long.class)
                      .one()));
    }

    @Override
    void free() {
      limitTo(1_000_000);
    }

    private void limitTo(long pages) {
      database().write(handle -> handle.execute("PRAGMA max_page_count = " + pages));
    }
  }

  private static final class InjectedError extends FullDisk {
    InjectedError(DatabaseUrl url) {
      super(url);
    }

    @Override
    void fill() {
      execute(
          url(),
          """
          CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100';
          END $$
          """,
          """
          CREATE TRIGGER disk_is_full BEFORE INSERT ON facts
          FOR EACH ROW EXECUTE FUNCTION disk_is_full()
          """);
    }

    @Override
    void free() {
      execute(url(), "DROP TRIGGER disk_is_full ON facts", "DROP FUNCTION disk_is_full");
    }
  }

  /// Only the tables are on it. A server that cannot write its log ends, which is another fault.
  private static final class SmallTablespace extends FullDisk {
    private final SmallDisk disk;
    private final DatabaseUrl.Postgres server;

    private SmallTablespace(SmallDisk disk, DatabaseUrl.Postgres server) {
      super(server);
      this.disk = disk;
      this.server = server;
    }

    static SmallTablespace on(SmallDisk disk, DatabaseUrl url) {
      if (!(url instanceof DatabaseUrl.Postgres server)) {
        throw new IllegalArgumentException("only PostgreSQL has tablespaces");
      }
      execute(
          maintenance(server),
          "CREATE TABLESPACE small LOCATION '" + disk.folder("space") + "'",
          "ALTER DATABASE " + server.database() + " SET TABLESPACE small");
      return new SmallTablespace(disk, server);
    }

    private static DatabaseUrl maintenance(DatabaseUrl.Postgres server) {
      return DatabaseUrl.parse(Engine.text(server).replace("/" + server.database(), "/postgres"));
    }

    @Override
    void fill() {
      disk.fill();
    }

    @Override
    void free() {
      disk.free();
    }

    @Override
    public void close() {
      execute(
          maintenance(server),
          "DROP DATABASE " + server.database() + " WITH (FORCE)",
          "DROP TABLESPACE small");
      disk.close();
    }
  }
}
