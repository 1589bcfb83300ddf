package org.sessionpro.backend.db;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/// The embedded default: one file in WAL mode, fully synchronous.
///
/// All changes go through one [SqliteWriter]; readers have connections of their own and never wait
/// for it. A second process may work on the same file.
public final class SqliteDatabase implements Database {
  static final int READERS = 4;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private final BlockingQueue<Handle> readers = new LinkedBlockingQueue<>();
  private final SqliteWriter writer;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final LongAdder faults = new LongAdder();

  /// Deletes what must not outlive the connections.
  private final Runnable afterwards;

  private SqliteDatabase(Jdbi jdbi, Runnable afterwards) {
    this.afterwards = afterwards;
    this.writer = new SqliteWriter(writing(jdbi.open()));
    for (int i = 0; i < READERS; i++) {
      readers.add(jdbi.open());
    }
  }

  /// What a savepoint would bring back stays in memory: otherwise each page that a job changes is written
  /// into a file for that, and then into the log.
  private static Handle writing(Handle handle) {
    ReadyStatements.execute(handle, "PRAGMA temp_store = MEMORY");
    return handle;
  }

  /// Opens the file, creating it if absent, and brings its tables up to date.
  ///
  /// @throws DatabaseFault if it cannot be opened, locked or migrated
  public static SqliteDatabase open(Path file) {
    migrate(file, _ -> {});
    return openAsItStands(file);
  }

  /// Opens the file, whose tables are there.
  ///
  /// @throws DatabaseFault if it cannot be opened or locked
  static SqliteDatabase openAsItStands(Path file) {
    Jdbi jdbi = jdbi(dataSource(file));
    return MigrationLock.around(file, () -> new SqliteDatabase(jdbi, () -> {}));
  }

  /// Opens a new file in a folder of its own, both of which end when the database is closed, so that
  /// nothing is waited for to reach the disk.
  static SqliteDatabase openTemporary() {
    TemporaryFolder folder = TemporaryFolder.create();
    try {
      SQLiteDataSource source = dataSource(folder.file("pro.db"), SynchronousMode.OFF);
      Migrations.run(source, Dialect.SQLITE);
      return new SqliteDatabase(jdbi(source), folder::delete);
    } catch (RuntimeException failed) {
      folder.delete();
      throw failed;
    }
  }

  /// Brings the tables of the file up to date, creating it if absent.
  ///
  /// @param begins told the version of each migration before it runs
  /// @throws DatabaseFault if it cannot be opened, locked or migrated
  static void migrate(Path file, IntConsumer begins) {
    SQLiteDataSource source = dataSource(file);
    var _ =
        MigrationLock.around(
            file,
            () -> {
              Migrations.run(source, Dialect.SQLITE, begins);
              return source;
            });
  }

  /// Looks at the file.
  ///
  /// The connection may write as far as the file system is concerned, and refuses to: SQLite does not
  /// look at CHECK constraints in a file that it opened read only, and leaves files of its own beside
  /// it.
  ///
  /// @throws DatabaseFault if there is none, or it cannot be opened
  static DatabaseView view(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatabaseFault("there is no database file " + file);
    }
    return DatabaseView.open(plain(file), Dialect.SQLITE);
  }

  /// Connections that neither make the file nor change the way in which it is kept.
  static SQLiteDataSource plain(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  /// Looks at a file that another program made, opened for reading only: nothing of it is moved from
  /// its log into it.
  ///
  /// @throws DatabaseFault if there is none, or it cannot be opened
  static DatabaseView foreign(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatabaseFault("there is no database file " + file);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return DatabaseView.open(source, Dialect.SQLITE);
  }

  private static SQLiteDataSource dataSource(Path file) {
    return dataSource(file, SynchronousMode.FULL);
  }

  private static SQLiteDataSource dataSource(Path file, SynchronousMode durability) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(durability);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.enforceForeignKeys(true);
    // Else the driver asks for the key after every INSERT, wanted or not.
    config.setGetGeneratedKeys(false);
    // A connection is used by one thread at a time, so that SQLite need not lock it once more.
    config.resetOpenMode(SQLiteOpenMode.FULLMUTEX);
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private static Jdbi jdbi(SQLiteDataSource source) {
    return QuietJdbi.of(source).setStatementBuilderFactory(_ -> new KeptStatements());
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    Handle reader = borrow();
    try {
      return work.apply(reader);
    } catch (JdbiException failed) {
      faults.increment();
      throw failed;
    } finally {
      readers.add(reader);
    }
  }

  @Override
  public <T> T snapshot(Function<Handle, T> work) {
    return read(reader -> {
      ReadyStatements.execute(reader, "BEGIN");
      try {
        return work.apply(reader);
      } finally {
        ReadyStatements.execute(reader, "ROLLBACK");
      }
    });
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return writer.run(work);
  }

  @Override
  public DatabaseLoad load() {
    return new DatabaseLoad.OneWriter(
        READERS,
        Math.max(0, READERS - readers.size()),
        writer.queued(),
        writer.batches(),
        faults.sum() + writer.faults());
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public void close() {
    writer.close();
    if (closing.getAndSet(true)) {
      return;
    }
    List<Handle> closed = Stream.generate(this::borrow).limit(READERS).toList();
    closed.forEach(Handle::close);
    afterwards.run();
    // Whoever still waits for a connection learns from this one that there will be none.
    readers.add(closed.getFirst());
  }

  private Handle borrow() {
    try {
      Handle reader = readers.take();
      if (reader.isClosed()) {
        readers.add(reader);
        throw new DatabaseFault("the database is closed");
      }
      return reader;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseFault("interrupted while waiting for a connection", stopped);
    }
  }
}
