package org.sessionpro.backend.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL server, shared with any number of identical processes.
///
/// A fair gate stands before the pool: without it, virtual threads that wait for a connection
/// overtake each other for seconds. Before the gate, changes of one account stand in line: each would
/// hold a connection while it waits for the account's row, and ten of them would keep everybody out.
public final class PostgresDatabase implements Database {
  /// Work that lost against another transaction is run again at most this often.
  private static final int ATTEMPTS = 8;

  /// Serialization failure, deadlock, and the unique violation of two first claims of one account:
  /// all mean that somebody else came first and a second look decides.
  private static final Set<String> LOST_A_RACE = Set.of("40001", "40P01", "23505");

  /// How long a request waits for a connection.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// After how long what lost a race is not tried again. An onion path gives up after 25 s.
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(10);

  /// How long a close waits for what is under way.
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

  /// After how long the server ends the transaction of a process that says nothing more: one that was
  /// suspended, or whose machine is gone, would keep rows from all others.
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

  /// How long a transaction may take as a whole, where the server can limit that: many statements,
  /// each within its own time, could together outlast whoever asked.
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  /// The first PostgreSQL that can.
  private static final int LIMITS_TRANSACTIONS = 170_000;

  /// A server that no longer answers at all.
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Semaphore gate;
  private final Turns turns = new Turns(Line.SEATS, PATIENCE);
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder faults = new LongAdder();
  private volatile boolean closed;

  /// Deletes what must not outlive the connections.
  private Runnable afterwards = () -> {};

  private PostgresDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = QuietJdbi.of(pool);
    this.gate = new Semaphore(pool.getMaximumPoolSize(), true);
  }

  /// Connects to a database whose tables are there.
  ///
  /// @param jdbcUrl `jdbc:postgresql://host:port/database` and parameters
  /// @param user null for the driver's default
  /// @param password null if the server asks for none
  /// @param connections size of the pool, at least 1
  /// @throws DatabaseFault if the server cannot be reached
  static PostgresDatabase openAsItStands(
      String jdbcUrl, @Nullable String user, @Nullable String password, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setPoolName("postgresql");
    // The server's details repeat the row that it refused.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // Rows that are inserted together become one statement: each of its own costs several times as
    // much.
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
    config.setConnectionInitSql(
        """
        SET lock_timeout = %d; SET statement_timeout = %d;
        SET idle_in_transaction_session_timeout = %d;
        SELECT set_config('transaction_timeout', '%d', false)
        WHERE current_setting('server_version_num')::int >= %d
        """
            .formatted(
                LOCK_TIMEOUT.toMillis(),
                STATEMENT_TIMEOUT.toMillis(),
                IDLE_TIMEOUT.toMillis(),
                TRANSACTION_TIMEOUT.toMillis(),
                LIMITS_TRANSACTIONS));
    try {
      return new PostgresDatabase(new HikariDataSource(config));
    } catch (HikariPool.PoolInitializationException unreachable) {
      throw new DatabaseFault("the PostgreSQL server cannot be reached", unreachable);
    }
  }

  /// Makes a schema, which ends with the database.
  ///
  /// @param jdbcUrl names the schema as the current one
  /// @throws DatabaseFault if the server cannot be reached, or the user may make none
  static PostgresDatabase openThrowAway(
      String jdbcUrl, @Nullable String user, @Nullable String password, String schema) {
    Jdbi besides = QuietJdbi.of(withoutTimeouts(jdbcUrl, user, password));
    try {
      besides.useHandle(handle -> handle.execute("CREATE SCHEMA " + Catalog.quoted(schema)));
    } catch (JdbiException refused) {
      throw new DatabaseFault("a schema to throw away cannot be made", refused);
    }
    Runnable drop =
        () ->
            besides.useHandle(
                handle -> handle.execute("DROP SCHEMA " + Catalog.quoted(schema) + " CASCADE"));
    try {
      migrate(jdbcUrl, user, password, _ -> {});
      PostgresDatabase database =
          openAsItStands(jdbcUrl, user, password, Databases.POSTGRES_CONNECTIONS);
      database.afterwards = drop;
      return database;
    } catch (RuntimeException failed) {
      drop.run();
      throw failed;
    }
  }

  /// Brings the tables up to date.
  ///
  /// @param begins told the version of each migration before it runs
  /// @throws DatabaseFault if the server cannot be reached or migrated
  static void migrate(
      String jdbcUrl, @Nullable String user, @Nullable String password, IntConsumer begins) {
    Migrations.run(withoutTimeouts(jdbcUrl, user, password), Dialect.POSTGRESQL, begins);
  }

  /// Looks at the database, for as long as that takes.
  ///
  /// @throws DatabaseFault if the server cannot be reached
  static DatabaseView view(String jdbcUrl, @Nullable String user, @Nullable String password) {
    return DatabaseView.open(withoutTimeouts(jdbcUrl, user, password), Dialect.POSTGRESQL);
  }

  /// For what may take longer than a request may.
  private static DataSource withoutTimeouts(
      String jdbcUrl, @Nullable String user, @Nullable String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setLogServerErrorDetail(false);
    source.setUrl(jdbcUrl);
    if (user != null) {
      source.setUser(user);
    }
    if (password != null) {
      source.setPassword(password);
    }
    return source;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return counted(() -> withHandle(work));
  }

  /// One statement begins it, which the driver would make four of, to learn and to set what it is.
  @Override
  public <T> T snapshot(Function<Handle, T> work) {
    return counted(() -> withSnapshot(work));
  }

  private <T> T withSnapshot(Function<Handle, T> work) {
    return withHandle(handle -> {
      handle.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      T seen;
      try {
        seen = work.apply(handle);
      } catch (RuntimeException | Error failed) {
        endOrDrop(handle);
        throw failed;
      }
      handle.execute("COMMIT");
      return seen;
    });
  }

  /// Nobody may get a connection on which a snapshot goes on.
  private void endOrDrop(Handle handle) {
    try {
      handle.execute("ROLLBACK");
    } catch (RuntimeException broken) {
      pool.evictConnection(handle.getConnection());
    }
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    long begun = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        return withHandle(handle -> handle.inTransaction(work::apply));
      } catch (LostRace | JdbiException failed) {
        boolean late = System.nanoTime() - begun > LAST_ATTEMPT.toNanos();
        if (attempt == ATTEMPTS || late || !lostARace(failed)) {
          faults.increment();
          throw new DatabaseFault("the database did not take the change", failed);
        }
      }
    }
  }

  @Override
  public <T> T write(Line line, Function<Handle, T> work) {
    return turns.take(line, () -> write(work));
  }

  /// Counts reads that the database did not answer.
  private <T> T counted(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JdbiException failed) {
      faults.increment();
      throw failed;
    }
  }

  private static boolean lostARace(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostRace) {
        return true;
      }
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && LOST_A_RACE.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private <T> T withHandle(Function<Handle, T> work) {
    enter();
    try {
      // It may have been closed meanwhile.
      requireOpen();
      try (Handle handle = jdbi.open()) {
        return work.apply(handle);
      }
    } finally {
      gate.release();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new DatabaseFault("the database is closed");
    }
  }

  private void enter() {
    requireOpen();
    try {
      if (!gate.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        timeouts.increment();
        throw new DatabaseFault("no database connection became free in time");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseFault("interrupted while waiting for a connection", stopped);
    }
  }

  @Override
  public DatabaseLoad load() {
    int connections = pool.getMaximumPoolSize();
    return new DatabaseLoad.Pool(
        connections,
        connections - gate.availablePermits(),
        gate.getQueueLength(),
        timeouts.sum() + turns.timeouts(),
        faults.sum());
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  /// Waits for at most 2 s; the pool breaks off what is under way after that.
  @Override
  public void close() {
    closed = true;
    int all = pool.getMaximumPoolSize();
    boolean idle = false;
    try {
      idle = gate.tryAcquire(all, CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    boolean first = !pool.isClosed();
    pool.close();
    if (first) {
      afterwards.run();
    }
    if (idle) {
      gate.release(all);
    }
  }
}
