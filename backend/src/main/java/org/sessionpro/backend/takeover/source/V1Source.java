package org.sessionpro.backend.takeover.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;

/// A database of the Python service of summer 2026, as it stood at one moment. Belongs to one thread.
public final class V1Source implements PythonSource {
  /// Rows that a server sends at a time.
  private static final int FETCH_SIZE = 1_000;

  private static final List<String> TABLES =
      List.of(
          "users",
          "payments",
          "google_play_payment_details",
          "app_store_payment_details",
          "stf_payment_details",
          "generations",
          "globals",
          "apple_notification_uuid_history",
          "google_notification_history",
          "google_reconcile_queue");

  /// How long after an event Google's messages were kept, where only that was noted.
  private static final Duration GOOGLE_KEPT = Duration.ofDays(8);

  private static final String GOOGLE_KEYS =
      """
      SELECT payment_id FROM (
        SELECT payment_id, count(*) OVER (PARTITION BY payment_token, order_id) AS many
        FROM google_play_payment_details) d WHERE many > 1
      """;

  /// A line item is a cycle; where there is none, a transaction is.
  private static final String APPLE_KEYS =
      """
      SELECT payment_id FROM (
        SELECT payment_id, count(*) OVER (PARTITION BY original_tx_id,
          CASE WHEN web_line_order_tx_id <> '' THEN 'w:' || web_line_order_tx_id
            ELSE 't:' || tx_id END) AS many
        FROM app_store_payment_details) d WHERE many > 1
      """;

  private static final String VOUCHER_KEYS =
      """
      SELECT payment_id FROM (
        SELECT payment_id, count(*) OVER (PARTITION BY order_id) AS many
        FROM stf_payment_details) d WHERE many > 1
      """;

  private final DatabaseView view;
  private final Map<String, Set<String>> columns;

  private V1Source(DatabaseView view) {
    this.view = view;
    this.columns =
        view.tables().stream()
            .collect(
                Collectors.toMap(DatabaseView.Table::name, table -> Set.copyOf(table.columns())));
  }

  /// @throws SourceRefused if it is not of summer 2026 after all migrations
  static V1Source of(DatabaseView view, boolean server, Set<String> ignored) {
    if (!server) {
      throw new SourceRefused("a database of the service of summer 2026 is on PostgreSQL");
    }
    V1Recognition.require(
        view.tables(),
        () ->
            view.<List<String>>read(handle ->
                handle
                    .createQuery("SELECT name FROM migrations_applied")
                    .mapTo(String.class)
                    .list()),
        ignored);
    view.<Integer>read(handle -> handle.execute("SET TIME ZONE 'UTC'"));
    return new V1Source(view);
  }

  private boolean has(String table, String column) {
    return columns.getOrDefault(table, Set.of()).contains(column);
  }

  @Override
  public boolean mayWrite() {
    return SourceServer.mayWrite(view);
  }

  @Override
  public int otherClients() {
    return SourceServer.otherClients(view);
  }

  @Override
  public String fingerprint() {
    return view.read(Fingerprint::ofSummer);
  }

  @Override
  public List<String> tables() {
    return TABLES;
  }

  @Override
  public long count(String table) {
    return SourceServer.count(view, table);
  }

  @Override
  public long accounts() {
    return count("users");
  }

  /// Looks for values that cannot be understood.
  public V1Unreadable unreadable() {
    return view.read(handle -> V1Unreadable.of(handle, TABLES));
  }

  /// What there is one of, by its name. Instants are in microseconds.
  public Map<String, Long> globals() {
    Map<String, Long> globals = new HashMap<>();
    view.<Boolean>read(handle -> {
      handle
          .createQuery(
              """
              SELECT key, COALESCE(int_val, CASE WHEN isfinite(ts_val)
                THEN CAST(EXTRACT(EPOCH FROM ts_val) * 1000000 AS BIGINT) END, 0) AS value
              FROM globals
              """)
          .map((row, _) -> Map.entry(row.getString("key"), row.getLong("value")))
          .forEach(one -> globals.put(one.getKey(), one.getValue()));
      return true;
    });
    return globals;
  }

  /// Every account with its rows, in the order of keys.
  ///
  /// @param after only keys behind this one; null for all
  public void accounts(@Nullable ByteString after, Consumer<V1Account> accounts) {
    String behind = after == null ? "u.master_pkey IS NOT NULL" : "u.master_pkey > :after";
    view.<Boolean>read(handle -> {
      try (ResultIterator<V1Account.User> users =
              behind(handle, selectUsers(behind), after).map((row, _) -> user(row)).iterator();
          ResultIterator<V1Payment> payments =
              behind(handle, V1Rows.SELECT + behind + " ORDER BY u.master_pkey, p.id", after)
                  .map((row, _) -> V1Rows.payment(row))
                  .iterator();
          ResultIterator<Owned> generations =
              behind(handle, selectGenerations(behind), after)
                  .map((row, _) -> generation(row))
                  .iterator()) {
        Keyed<V1Payment> bought = new Keyed<>(payments, V1Payment::owner);
        Keyed<Owned> issued = new Keyed<>(generations, Owned::owner);
        while (users.hasNext()) {
          V1Account.User user = users.next();
          accounts.accept(
              new V1Account(
                  user,
                  bought.take(user.key()),
                  issued.take(user.key()).stream().map(Owned::generation).toList()));
        }
      }
      return true;
    });
  }

  private static Query behind(Handle handle, String select, @Nullable ByteString after) {
    Query query = handle.createQuery(select).setFetchSize(FETCH_SIZE);
    return after == null ? query : query.bind("after", after.toByteArray());
  }

  private String selectUsers(String condition) {
    String counters =
        has("users", "proofs_issued_total")
            ? """
            u.proofs_issued_total, u.proofs_issued_window, u.proofs_issued_past_expiry_window,
            u.proofs_window_start
            """
            : """
            0 AS proofs_issued_total, 0 AS proofs_issued_window,
            0 AS proofs_issued_past_expiry_window, CAST(NULL AS TIMESTAMPTZ) AS proofs_window_start
            """;
    return """
    SELECT u.master_pkey, u.current_generation_id, u.expiry_at, %s, u.auto_renewing,
      u.proof_expiry_offset, u.credits_checkpoint_at, %s
    FROM users u WHERE %s ORDER BY u.master_pkey
    """
        .formatted(SourceRow.selectedSpan("u.grace_period", "grace"), counters, condition);
  }

  private static V1Account.User user(ResultSet row) throws SQLException {
    SourceRow it = new SourceRow("users", row);
    return new V1Account.User(
        it.key("master_pkey"),
        it.integer("current_generation_id"),
        new V1Account.Entitled(
            it.requiredMoment("expiry_at"), it.span("grace"), it.flag("auto_renewing")),
        (int) it.integer("proof_expiry_offset"),
        it.moment("credits_checkpoint_at"),
        new ProofCounters(
            it.integer("proofs_issued_total"),
            it.integer("proofs_issued_window"),
            it.integer("proofs_issued_past_expiry_window"),
            it.moment("proofs_window_start")));
  }

  private record Owned(ByteString owner, V1Account.Generation generation) {}

  private static String selectGenerations(String condition) {
    return """
    SELECT u.master_pkey, g.id, g.token, g.issued_at, g.revoked_at
    FROM generations g JOIN users u ON u.id = g.user_id WHERE %s ORDER BY u.master_pkey, g.id
    """
        .formatted(condition);
  }

  private static Owned generation(ResultSet row) throws SQLException {
    SourceRow it = new SourceRow("generations", row);
    return new Owned(
        it.key("master_pkey"),
        new V1Account.Generation(
            it.integer("id"),
            new RevocationTag(it.key("token")),
            it.requiredMoment("issued_at"),
            it.moment("revoked_at")));
  }

  /// Revoked tags with the instants at which they were revoked.
  ///
  /// @param since only those revoked after it
  public Map<RevocationTag, Instant> revoked(Instant since) {
    Map<RevocationTag, Instant> revoked = new LinkedHashMap<>();
    view.<Boolean>read(handle -> {
      handle
          .createQuery("SELECT token, revoked_at FROM generations WHERE revoked_at > :since")
          .bind("since", since.atOffset(ZoneOffset.UTC))
          .setFetchSize(FETCH_SIZE)
          .map((row, _) -> {
            SourceRow it = new SourceRow("generations", row);
            return Map.entry(new RevocationTag(it.key("token")), it.requiredMoment("revoked_at"));
          })
          .forEach(one -> revoked.put(one.getKey(), one.getValue()));
      return true;
    });
    return revoked;
  }

  /// Every payment that is bound to nobody, in the order of their numbers.
  ///
  /// @param after only those with higher numbers
  public void unowned(long after, Consumer<V1Payment> payments) {
    view.<Boolean>read(handle -> {
      handle
          .createQuery(V1Rows.SELECT + "p.user_id IS NULL AND p.id > :after ORDER BY p.id")
          .setFetchSize(FETCH_SIZE)
          .bind("after", after)
          .map((row, _) -> V1Rows.payment(row))
          .forEach(payments);
      return true;
    });
  }

  /// Payments of which there is another one under the same name of their store, in the order of their
  /// numbers.
  public List<V1Payment> namesakes() {
    List<V1Payment> all = new ArrayList<>();
    for (String select : List.of(GOOGLE_KEYS, APPLE_KEYS, VOUCHER_KEYS)) {
      all.addAll(
          view.<List<V1Payment>>read(handle ->
              handle
                  .createQuery(V1Rows.SELECT + "p.id IN (" + select + ") ORDER BY p.id")
                  .map((row, _) -> V1Rows.payment(row))
                  .list()));
    }
    return all;
  }

  @Override
  public void googleMessages(Consumer<SourceMessage.Google> messages) {
    boolean exact = has("google_notification_history", "event_at");
    view.<Boolean>read(handle -> {
      handle
          .createQuery("SELECT * FROM google_notification_history")
          .setFetchSize(FETCH_SIZE)
          .map((row, _) -> {
            SourceRow it = new SourceRow("google_notification_history", row);
            return new SourceMessage.Google(
                it.text("message_id"),
                it.flag("handled"),
                it.text("payload"),
                exact
                    ? it.requiredMoment("event_at")
                    : it.requiredMoment("expires_at").minus(GOOGLE_KEPT));
          })
          .forEach(messages);
      return true;
    });
  }

  @Override
  public void appleMessages(Consumer<SourceMessage.Apple> messages) {
    view.<Boolean>read(handle -> {
      handle
          .createQuery("SELECT uuid, expires_at FROM apple_notification_uuid_history")
          .setFetchSize(FETCH_SIZE)
          .map((row, _) -> {
            SourceRow it = new SourceRow("apple_notification_uuid_history", row);
            return new SourceMessage.Apple(it.text("uuid"), it.requiredMoment("expires_at"));
          })
          .forEach(messages);
      return true;
    });
  }

  /// Every purchase of Google that is to be looked at.
  public void queue(Consumer<V1Queued> queued) {
    String table = "google_reconcile_queue";
    String due = has(table, "eligible_at") ? "eligible_at" : "due_at";
    boolean counted = has(table, "attempts");
    boolean explained = has(table, "last_error");
    boolean parked = has(table, "parked_at");
    view.<Boolean>read(handle -> {
      handle
          .createQuery("SELECT * FROM google_reconcile_queue ORDER BY payment_token")
          .setFetchSize(FETCH_SIZE)
          .map((row, _) -> {
            SourceRow it = new SourceRow(table, row);
            String error = explained ? it.text("last_error") : "";
            return new V1Queued(
                it.text("payment_token"),
                it.requiredMoment(due),
                counted ? it.integer("attempts") : 0,
                error.isEmpty() ? null : error,
                parked ? it.moment("parked_at") : null);
          })
          .forEach(queued);
      return true;
    });
  }

  @Override
  public void close() {
    view.close();
  }
}
