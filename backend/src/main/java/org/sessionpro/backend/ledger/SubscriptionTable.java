package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.PaymentProvider;

/// The `subscription` table.
final class SubscriptionTable {
  static final String COLUMNS =
      """
      id, provider, subscription_key, stated_at, status, next_product, resume_at,
        history_revision, reconciled_at, held_since, linked_to, is_test, fact_count
      """;

  private static final String OF_KEY = " WHERE provider = :provider AND subscription_key = :key";

  private final Dialect dialect;

  SubscriptionTable(Dialect dialect) {
    this.dialect = dialect;
  }

  Optional<SubscriptionRow> find(Handle handle, SubscriptionKey key) {
    return select(handle, key, "");
  }

  /// The row, locked until the transaction ends.
  Optional<SubscriptionRow> locked(Handle handle, SubscriptionKey key) {
    return select(handle, key, dialect.rowLock());
  }

  private static Optional<SubscriptionRow> select(
      Handle handle, SubscriptionKey key, String suffix) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM subscription" + OF_KEY + suffix)
        .bind("provider", key.provider().code())
        .bind("key", key.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// The row, made if there was none, and locked until the transaction ends.
  SubscriptionRow lockedOrNew(Handle handle, SubscriptionKey key) {
    Optional<SubscriptionRow> known = locked(handle, key);
    if (known.isPresent()) {
      return known.get();
    }
    handle
        .createUpdate(
            """
            INSERT INTO subscription (provider, subscription_key, is_test, fact_count)
            VALUES (:provider, :key, FALSE, 0)
            ON CONFLICT (provider, subscription_key) DO NOTHING
            """)
        .bind("provider", key.provider().code())
        .bind("key", key.value())
        .execute();
    return locked(handle, key).orElseThrow();
  }

  void update(Handle handle, SubscriptionRow row) {
    SubscriptionState state = row.state();
    SubscriptionKey linkedTo = state.linkedTo();
    handle
        .createUpdate(
            """
            UPDATE subscription SET stated_at = :statedAt, status = :status,
              next_product = :nextProduct, resume_at = :resumesAt,
              history_revision = :historyRevision, reconciled_at = :reconciledAt,
              held_since = :heldSince, linked_to = :linkedTo, is_test = :test, fact_count = :factCount
            WHERE id = :id
            """)
        .bind("id", row.id())
        .bind("statedAt", Micros.ofNullable(state.statedAt()))
        .bind("status", state.status())
        .bind("nextProduct", state.nextProduct())
        .bind("resumesAt", Micros.ofNullable(state.resumesAt()))
        .bind("historyRevision", state.historyRevision())
        .bind("reconciledAt", Micros.ofNullable(row.reconciledAt()))
        .bind("heldSince", Micros.ofNullable(row.heldSince()))
        .bind("linkedTo", linkedTo == null ? null : linkedTo.value())
        .bind("test", state.test())
        .bind("factCount", row.factCount())
        .execute();
  }

  /// The subscriptions that took the place of this one.
  static Set<SubscriptionKey> successors(Handle handle, SubscriptionKey key) {
    return handle
        .createQuery(
            """
            SELECT subscription_key FROM subscription
            WHERE provider = :provider AND linked_to = :key
            """)
        .bind("provider", key.provider().code())
        .bind("key", key.value())
        .map((row, _) -> new SubscriptionKey(key.provider(), row.getString("subscription_key")))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  static SubscriptionRow read(ResultSet row) throws SQLException {
    SubscriptionKey key =
        new SubscriptionKey(
            PaymentProvider.ofCode(row.getString("provider")).orElseThrow(),
            row.getString("subscription_key"));
    return new SubscriptionRow(
        row.getLong("id"),
        key,
        new SubscriptionState(
            Columns.nullableInstant(row, "stated_at"),
            row.getString("status"),
            row.getString("next_product"),
            Columns.nullableInstant(row, "resume_at"),
            row.getString("history_revision"),
            linked(key, row.getString("linked_to")),
            row.getBoolean("is_test")),
        Columns.nullableInstant(row, "reconciled_at"),
        Columns.nullableInstant(row, "held_since"),
        row.getInt("fact_count"));
  }

  private static @Nullable SubscriptionKey linked(SubscriptionKey from, @Nullable String to) {
    return to == null ? null : new SubscriptionKey(from.provider(), to);
  }
}
