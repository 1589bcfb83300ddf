package org.sessionpro.backend.takeover;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

/// A database of the Python service of March 2026, made after the description of its tables
/// (`import-python.md` §2), and filled row by row.
public final class PythonDatabase implements AutoCloseable {
  /// 2026-03-25T13:46:40Z.
  static final long NOW = 1_774_446_400_000L;

  static final long DAY = 86_400_000;
  static final String SALT = "000102030405060708090a0b0c0d0e0f";
  static final String SEED = "11".repeat(32);

  private final DatabaseUrl url;
  private final Connection connection;
  private final boolean server;
  private long nextId = 1;

  /// A row by the names of its columns.
  public record Row(String table, Map<String, @Nullable Object> values) {
    /// The row with another value.
    public Row with(String column, @Nullable Object value) {
      Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
      changed.put(column, value);
      return new Row(table, changed);
    }

    /// What is in a column.
    public @Nullable Object value(String column) {
      return values.get(column);
    }
  }

  private PythonDatabase(DatabaseUrl url) {
    this.url = url;
    this.server = url instanceof DatabaseUrl.Postgres;
    try {
      this.connection = connect(url);
      if (!server) {
        // Nobody minds when what a test made is lost.
        execute("PRAGMA synchronous = OFF");
      }
      version(9);
      connection.setAutoCommit(false);
      tables();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// An empty one, but for the one row of its key.
  public static PythonDatabase create(Engine engine, Path folder) {
    PythonDatabase database = withoutRuntime(engine, folder);
    database.add(database.runtime());
    return database;
  }

  /// An empty one.
  public static PythonDatabase withoutRuntime(Engine engine, Path folder) {
    return new PythonDatabase(engine.withoutTables(folder));
  }

  /// An empty one in that place, but for the one row of its key.
  public static PythonDatabase create(DatabaseUrl url) {
    PythonDatabase database = new PythonDatabase(url);
    database.add(database.runtime());
    return database;
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return switch (url) {
      case DatabaseUrl.Sqlite(Path file) ->
          DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
      case DatabaseUrl.Postgres it ->
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%d/%s".formatted(it.host(), it.port(), it.database()),
              it.user(),
              it.password());
      case DatabaseUrl.InMemory _ -> throw new IllegalArgumentException("must last");
    };
  }

  private void tables() {
    String integer = "INTEGER";
    String millis = server ? "BIGINT" : "INTEGER";
    String flag = server ? "BOOLEAN" : "INTEGER";
    String bytes = server ? "BYTEA" : "BLOB";
    String id = server ? "SERIAL PRIMARY KEY" : "INTEGER PRIMARY KEY";
    execute(
        """
        CREATE TABLE payments (id %s, master_pkey %s, status %s NOT NULL, plan %s NOT NULL,
          payment_provider %s NOT NULL, auto_renewing %s NOT NULL,
          unredeemed_unix_ts_ms %s NOT NULL, redeemed_unix_ts_ms %s, expiry_unix_ts_ms %s NOT NULL,
          grace_period_duration_ms %s, platform_refund_expiry_unix_ts_ms %s NOT NULL,
          revoked_unix_ts_ms %s, apple_original_tx_id TEXT, apple_tx_id TEXT,
          apple_web_line_order_tx_id TEXT, google_payment_token TEXT, google_order_id TEXT,
          rangeproof_order_id TEXT, refund_requested_unix_ts_ms %s NOT NULL,
          google_obfuscated_account_id %s, apple_app_account_token TEXT NOT NULL)
        """
            .formatted(
                id, bytes, integer, integer, integer, flag, millis, millis, millis, millis, millis,
                millis, millis, bytes));
    execute(
        """
        CREATE TABLE users (master_pkey %s PRIMARY KEY NOT NULL, gen_index %s NOT NULL,
          expiry_unix_ts_ms %s NOT NULL, grace_period_duration_ms %s NOT NULL,
          auto_renewing %s NOT NULL, refund_requested_unix_ts_ms %s NOT NULL,
          google_obfuscated_account_id %s, apple_app_account_token TEXT NOT NULL)
        """
            .formatted(bytes, integer, millis, millis, flag, millis, bytes));
    execute(
        """
        CREATE TABLE revocations (gen_index %s PRIMARY KEY NOT NULL, creation_unix_ts_ms %s NOT NULL,
          expiry_unix_ts_ms %s NOT NULL)
        """
            .formatted(integer, millis, millis));
    execute(
        """
        CREATE TABLE runtime (gen_index %s NOT NULL, gen_index_salt %s NOT NULL,
          backend_key %s NOT NULL, last_expire_unix_ts_ms %s NOT NULL,
          apple_notification_checkpoint_unix_ts_ms %s NOT NULL, revocation_ticket %s NOT NULL)
        """
            .formatted(integer, bytes, bytes, millis, millis, integer));
    execute(
        "CREATE TABLE apple_notification_uuid_history (uuid TEXT NOT NULL, expiry_unix_ts_ms %s NOT NULL)"
            .formatted(millis));
    execute(
        """
        CREATE TABLE google_notification_history (message_id %s NOT NULL, handled %s NOT NULL,
          payload TEXT, expiry_unix_ts_ms %s NOT NULL)
        """
            .formatted(millis, flag, millis));
    execute(
        """
        CREATE TABLE user_errors (payment_id TEXT NOT NULL, payment_provider %s NOT NULL,
          unix_ts_ms %s NOT NULL, UNIQUE (payment_id, payment_provider))
        """
            .formatted(integer, millis));
  }

  /// Sets the version of the tables.
  public void version(int version) {
    if (server) {
      execute(
          "CREATE TABLE IF NOT EXISTS schema_version (id INTEGER PRIMARY KEY, version INTEGER)");
      execute("DELETE FROM schema_version");
      execute("INSERT INTO schema_version VALUES (1, " + version + ")");
    } else {
      execute("PRAGMA user_version = " + version);
    }
  }

  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public DatabaseUrl url() {
    return url;
  }

  public boolean isServer() {
    return server;
  }

  /// The row of the key.
  public Row runtime() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("gen_index", 1_000_000);
    values.put("gen_index_salt", bytes(SALT));
    values.put("backend_key", bytes(SEED));
    values.put("last_expire_unix_ts_ms", 0L);
    values.put("apple_notification_checkpoint_unix_ts_ms", 0L);
    values.put("revocation_ticket", 17);
    return new Row("runtime", values);
  }

  /// 0 for none.
  static long millis(@Nullable Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli();
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /// The key of an account.
  public static byte[] key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) (number >> 16);
    key[1] = (byte) (number >> 8);
    key[2] = (byte) number;
    key[3] = 7;
    return key;
  }

  /// A user whose coverage ends then, without renewal.
  public static Row user(int number, long index, long expiry) {
    return user(key(number), index, expiry);
  }

  static Row user(byte[] key, long index, long expiry) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("master_pkey", key);
    values.put("gen_index", (int) index);
    values.put("expiry_unix_ts_ms", expiry);
    values.put("grace_period_duration_ms", 0L);
    values.put("auto_renewing", false);
    values.put("refund_requested_unix_ts_ms", 0L);
    values.put("google_obfuscated_account_id", new byte[32]);
    values.put("apple_app_account_token", "");
    return new Row("users", values);
  }

  /// A redeemed month of Google's that does not renew.
  public Row google(byte @Nullable [] owner, String token, String order, long expiry) {
    return payment(owner, 1, expiry)
        .with("google_payment_token", token)
        .with("google_order_id", order)
        .with("google_obfuscated_account_id", owner == null ? null : sha256(owner))
        .with("platform_refund_expiry_unix_ts_ms", expiry - 28 * DAY);
  }

  /// A redeemed month of Apple's that does not renew.
  public Row apple(byte @Nullable [] owner, String original, String transaction, long expiry) {
    return payment(owner, 2, expiry)
        .with("apple_original_tx_id", original)
        .with("apple_tx_id", transaction)
        .with("apple_web_line_order_tx_id", "9" + transaction)
        .with("platform_refund_expiry_unix_ts_ms", expiry);
  }

  /// A redeemed voucher.
  public Row voucher(byte @Nullable [] owner, String order, long expiry) {
    return payment(owner, 3, expiry).with("rangeproof_order_id", order);
  }

  private Row payment(byte @Nullable [] owner, int provider, long expiry) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", (int) nextId++);
    values.put("master_pkey", owner);
    values.put("status", owner == null ? 1 : 2);
    values.put("plan", 1);
    values.put("payment_provider", provider);
    values.put("auto_renewing", false);
    values.put("unredeemed_unix_ts_ms", expiry - 30 * DAY);
    values.put("redeemed_unix_ts_ms", owner == null ? null : Day.roundUp(expiry - 30 * DAY));
    values.put("expiry_unix_ts_ms", expiry);
    values.put("grace_period_duration_ms", 0L);
    values.put("platform_refund_expiry_unix_ts_ms", 0L);
    values.put("revoked_unix_ts_ms", null);
    values.put("refund_requested_unix_ts_ms", 0L);
    values.put("apple_app_account_token", "");
    return new Row("payments", values);
  }

  /// A revocation of a generation.
  public static Row revocation(long index, long creation, long expiry) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("gen_index", (int) index);
    values.put("creation_unix_ts_ms", creation);
    values.put("expiry_unix_ts_ms", expiry);
    return new Row("revocations", values);
  }

  /// A message of Google.
  public static Row googleMessage(long id, boolean handled, @Nullable String payload, long expiry) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("message_id", id);
    values.put("handled", handled);
    values.put("payload", payload);
    values.put("expiry_unix_ts_ms", expiry);
    return new Row("google_notification_history", values);
  }

  /// A message of Apple.
  public static Row appleMessage(String uuid, long expiry) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("uuid", uuid);
    values.put("expiry_unix_ts_ms", expiry);
    return new Row("apple_notification_uuid_history", values);
  }

  /// That a subscription is in trouble.
  public static Row trouble(int provider, String id) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("payment_id", id);
    values.put("payment_provider", provider);
    values.put("unix_ts_ms", NOW);
    return new Row("user_errors", values);
  }

  static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Adds rows.
  public void add(Row... rows) {
    add(List.of(rows));
  }

  /// Adds rows, those of one table together.
  public void add(List<Row> rows) {
    SqlRows.insert(connection, rows, server);
  }

  /// Ends the connection; the database stays.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
