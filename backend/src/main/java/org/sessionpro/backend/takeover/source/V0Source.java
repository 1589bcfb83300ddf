package org.sessionpro.backend.takeover.source;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.protocol.ByteString;

/// A database of the Python service of March 2026, as it stood at one moment. Belongs to one thread.
public final class V0Source implements PythonSource {
  /// Rows that a server sends at a time.
  private static final int FETCH_SIZE = 1_000;

  private static final List<String> TABLES =
      List.of(
          "users",
          "payments",
          "revocations",
          "runtime",
          "apple_notification_uuid_history",
          "google_notification_history",
          "user_errors");

  private static final String PAYMENTS = "payments";

  /// How long after an event Google's messages were kept.
  private static final Duration GOOGLE_KEPT = Duration.ofDays(8);

  private static final String TROUBLES =
      """
      SELECT e.payment_provider, e.payment_id, COALESCE((e.payment_provider, e.payment_id) IN (
        SELECT payment_provider,
          CASE payment_provider WHEN 1 THEN google_payment_token ELSE apple_original_tx_id END
        FROM payments
        WHERE master_pkey IS NOT NULL AND payment_provider IN (1, 2)
      ), FALSE) AS owned
      FROM user_errors e
      """;

  private final DatabaseView view;
  private final DatabaseUrl url;
  private final boolean server;

  private V0Source(DatabaseView view, DatabaseUrl url) {
    this.view = view;
    this.url = url;
    this.server = url instanceof DatabaseUrl.Postgres;
  }

  /// @throws SourceRefused if it is not of March 2026 in its last version
  static V0Source of(DatabaseView view, DatabaseUrl url, Set<String> ignored) {
    V0Source source = new V0Source(view, url);
    Recognition.requireV0(
        view.tables(), () -> view.<Integer>read(handle -> version(handle, source.server)), ignored);
    return source;
  }

  private static int version(Handle handle, boolean server) {
    return server
        ? handle
            .createQuery("SELECT version FROM schema_version WHERE id = 1")
            .mapTo(Integer.class)
            .findOne()
            .orElse(0)
        : handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
  }

  @Override
  public boolean mayWrite() {
    return server && SourceServer.mayWrite(view);
  }

  @Override
  public int otherClients() {
    return url instanceof DatabaseUrl.Sqlite(Path file)
        ? FileHolders.LINUX.othersOf(file)
        : SourceServer.otherClients(view);
  }

  /// Whether instants of revocations do not fit into their column, so that none could be written since
  /// the column was made.
  public boolean hasNarrowRevocations() {
    return server
        && view.<Boolean>read(handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM information_schema.columns
                      WHERE table_schema = current_schema() AND table_name = 'revocations'
                        AND column_name = 'creation_unix_ts_ms' AND data_type = 'integer') AS narrow
                    """)
                .map((row, _) -> row.getBoolean("narrow"))
                .one());
  }

  @Override
  public String fingerprint() {
    return view.read(Fingerprint::of);
  }

  @Override
  public List<String> tables() {
    return TABLES;
  }

  @Override
  public long count(String table) {
    return SourceServer.count(view, table);
  }

  /// Those of `users`, and owners of payments who are not there.
  @Override
  public long accounts() {
    return view.<Long>read(handle ->
        handle
            .createQuery(
                """
                SELECT (SELECT count(*) FROM users) + (SELECT count(DISTINCT master_pkey)
                  FROM payments p WHERE master_pkey IS NOT NULL AND NOT EXISTS
                    (SELECT 1 FROM users u WHERE u.master_pkey = p.master_pkey))
                """)
            .mapTo(Long.class)
            .one());
  }

  /// The rows of `runtime`; there should be one.
  public List<V0Runtime> runtime() {
    return view.read(handle ->
        handle
            .createQuery("SELECT * FROM runtime")
            .map((row, _) -> {
              SourceRow it = new SourceRow("runtime", row);
              return new V0Runtime(
                  it.integer("gen_index"),
                  it.requiredBytes("gen_index_salt"),
                  it.requiredBytes("backend_key"),
                  it.millis("apple_notification_checkpoint_unix_ts_ms"),
                  it.integer("revocation_ticket"));
            })
            .list());
  }

  /// How many instants of messages, of troubles and of `runtime` are between 0 and that, both excluded.
  ///
  /// @param limit in milliseconds
  public long instantsBelow(long limit) {
    return view.<Long>read(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM (
                  SELECT expiry_unix_ts_ms AS at FROM apple_notification_uuid_history
                  UNION ALL SELECT expiry_unix_ts_ms FROM google_notification_history
                  UNION ALL SELECT unix_ts_ms FROM user_errors
                  UNION ALL SELECT last_expire_unix_ts_ms FROM runtime
                  UNION ALL SELECT apple_notification_checkpoint_unix_ts_ms FROM runtime
                ) i WHERE at > 0 AND at < :limit
                """)
            .bind("limit", limit)
            .mapTo(Long.class)
            .one());
  }

  /// Every revocation that is kept.
  public List<V0Revocation> revocations() {
    return view.read(handle ->
        handle
            .createQuery("SELECT * FROM revocations ORDER BY gen_index")
            .map((row, _) -> revocation(row))
            .list());
  }

  /// The revocations of no account's current generation.
  public List<V0Revocation> ownerlessRevocations() {
    return view.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM revocations
                WHERE gen_index NOT IN (SELECT gen_index FROM users) ORDER BY gen_index
                """)
            .map((row, _) -> revocation(row))
            .list());
  }

  private static V0Revocation revocation(ResultSet row) throws SQLException {
    SourceRow it = new SourceRow("revocations", row);
    return new V0Revocation(
        it.integer("gen_index"), it.millis("creation_unix_ts_ms"), it.millis("expiry_unix_ts_ms"));
  }

  /// Users whose generation is also another user's, those of one generation after each other, who
  /// redeemed last first.
  public List<V0Account.User> sharingGenerations() {
    return view.read(handle ->
        handle
            .createQuery(
                """
                SELECT u.* FROM users u JOIN (
                  SELECT gen_index FROM users GROUP BY gen_index HAVING count(*) > 1
                ) s ON s.gen_index = u.gen_index
                ORDER BY u.gen_index, (SELECT COALESCE(MAX(p.redeemed_unix_ts_ms), 0) FROM payments p
                  WHERE p.master_pkey = u.master_pkey) DESC, u.master_pkey
                """)
            .map((row, _) -> user(row))
            .list());
  }

  /// How many users have a number that was not handed out yet.
  public long usersAhead(long nextIndex) {
    return view.<Long>read(handle ->
        handle
            .createQuery("SELECT count(*) FROM users WHERE gen_index >= :next")
            .bind("next", nextIndex)
            .mapTo(Long.class)
            .one());
  }

  /// Payments of which there is another one under the same name of their store, each group in the order
  /// of their numbers.
  public List<V0Payment> namesakes() {
    return view.read(V0Namesakes::all);
  }

  /// Every key that a user or a payment names, with its rows, in the order of keys.
  ///
  /// @param after only keys behind this one; null for all
  public void accounts(@Nullable ByteString after, Consumer<V0Account> accounts) {
    view.<Boolean>read(handle -> {
      try (ResultIterator<V0Account.User> users =
              behind(handle, "users", "master_pkey", after).map((row, _) -> user(row)).iterator();
          ResultIterator<V0Payment> payments =
              behind(handle, PAYMENTS, "master_pkey, id", after)
                  .map((row, _) -> payment(row))
                  .iterator()) {
        new MergedRows(users, payments).forEach(accounts);
      }
      return true;
    });
  }

  /// Without a key to begin behind no value is compared, so that none of a strange type is passed over.
  private static Query behind(
      Handle handle, String table, String order, @Nullable ByteString after) {
    String select =
        "SELECT * FROM %s WHERE master_pkey %s ORDER BY %s"
            .formatted(table, after == null ? "IS NOT NULL" : "> :after", order);
    Query query = streamed(handle, select);
    return after == null ? query : query.bind("after", after.toByteArray());
  }

  /// Every payment that names no owner, in the order of their numbers.
  ///
  /// @param after only those with higher numbers
  public void unowned(long after, Consumer<V0Payment> payments) {
    numbered("master_pkey IS NULL", after, payments);
  }

  /// Every payment that names an owner and was never redeemed, in the order of their numbers.
  public void unredeemedOfSomebody(Consumer<V0Payment> payments) {
    numbered("master_pkey IS NOT NULL AND status = 1", 0, payments);
  }

  private void numbered(String condition, long after, Consumer<V0Payment> payments) {
    view.<Boolean>read(handle -> {
      streamed(
              handle,
              "SELECT * FROM payments WHERE %s AND id > :after ORDER BY id".formatted(condition))
          .bind("after", after)
          .map((row, _) -> payment(row))
          .forEach(payments);
      return true;
    });
  }

  @Override
  public void googleMessages(Consumer<SourceMessage.Google> messages) {
    String table = "google_notification_history";
    stream(
        table,
        row ->
            new SourceMessage.Google(
                Long.toString(row.integer("message_id")),
                row.flag("handled"),
                row.text("payload"),
                Instant.ofEpochMilli(row.millis("expiry_unix_ts_ms")).minus(GOOGLE_KEPT)),
        messages);
  }

  @Override
  public void appleMessages(Consumer<SourceMessage.Apple> messages) {
    stream(
        "apple_notification_uuid_history",
        row ->
            new SourceMessage.Apple(
                row.text("uuid"), Instant.ofEpochMilli(row.millis("expiry_unix_ts_ms"))),
        messages);
  }

  /// Every subscription that is in trouble.
  public void troubles(Consumer<SourceMessage.Trouble> troubles) {
    view.<Boolean>read(handle -> {
      streamed(handle, TROUBLES)
          .map((row, _) -> {
            SourceRow it = new SourceRow("user_errors", row);
            return new SourceMessage.Trouble(
                it.integer("payment_provider"), it.text("payment_id"), it.flag("owned"));
          })
          .forEach(troubles);
      return true;
    });
  }

  /// Reads a checked row.
  private interface Reader<T> {
    T read(SourceRow row) throws SQLException;
  }

  private <T> void stream(String table, Reader<T> reader, Consumer<T> rows) {
    view.<Boolean>read(handle -> {
      streamed(handle, "SELECT * FROM " + table)
          .map((row, _) -> reader.read(new SourceRow(table, row)))
          .forEach(rows);
      return true;
    });
  }

  private static Query streamed(Handle handle, String select) {
    return handle.createQuery(select).setFetchSize(FETCH_SIZE);
  }

  private static V0Account.User user(ResultSet row) throws SQLException {
    SourceRow it = new SourceRow("users", row);
    return new V0Account.User(
        it.requiredBytes("master_pkey"),
        it.integer("gen_index"),
        it.millis("expiry_unix_ts_ms"),
        it.integerOrZero("grace_period_duration_ms"),
        it.flag("auto_renewing"),
        it.millis("refund_requested_unix_ts_ms"));
  }

  static V0Payment payment(ResultSet row) throws SQLException {
    SourceRow it = new SourceRow(PAYMENTS, row);
    return new V0Payment(
        it.integer("id"),
        it.bytes("master_pkey"),
        new V0Payment.Codes(
            it.integer("status"), it.integer("plan"), it.integer("payment_provider")),
        new V0Payment.Times(
            it.millis("unredeemed_unix_ts_ms"),
            it.millis("redeemed_unix_ts_ms"),
            it.millis("expiry_unix_ts_ms"),
            it.millis("platform_refund_expiry_unix_ts_ms"),
            it.millis("revoked_unix_ts_ms"),
            it.millis("refund_requested_unix_ts_ms")),
        new V0Payment.Renewal(
            it.flag("auto_renewing"), it.integerOrZero("grace_period_duration_ms")),
        new V0Payment.Ids(
            it.text("apple_original_tx_id"),
            it.text("apple_tx_id"),
            it.text("apple_web_line_order_tx_id"),
            it.text("google_payment_token"),
            it.text("google_order_id"),
            it.text("rangeproof_order_id")),
        new V0Payment.Buyer(
            it.bytes("google_obfuscated_account_id"), it.text("apple_app_account_token")));
  }

  @Override
  public void close() {
    view.close();
  }
}
