package org.sessionpro.backend.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// Finds payments by the names that clients know them by.
final class PaymentNames {
  private static final String NONE = "";

  private final Dialect dialect;

  PaymentNames(Dialect dialect) {
    this.dialect = dialect;
  }

  /// The payment of that name.
  Optional<PaymentRow> find(Handle handle, PaymentName name) {
    return find(handle, name, NONE);
  }

  /// The payment of that name; nobody changes it until the transaction ends.
  Optional<PaymentRow> findLocked(Handle handle, PaymentName name) {
    return find(handle, name, dialect.rowLock());
  }

  private static Optional<PaymentRow> find(Handle handle, PaymentName name, String lock) {
    if (!name.isPossible()) {
      return Optional.empty();
    }
    return switch (name) {
      case PaymentName.Google(var token, var order) ->
          one(
              select(handle, "subscription_key = :subscription AND cycle_key = :cycle", lock)
                  .bind("provider", PaymentProvider.GOOGLE_PLAY.code())
                  .bind("subscription", token.value())
                  .bind("cycle", order.value()));
      case PaymentName.Apple(var transaction) ->
          one(
              select(
                      handle,
                      """
                      id = (SELECT payment_id FROM payment_aliases
                        WHERE provider = :provider AND alias = :alias)
                      """,
                      lock)
                  .bind("provider", PaymentProvider.APP_STORE.code())
                  .bind("alias", transaction.value()));
    };
  }

  /// The transactions that stand for the payments of a subscription.
  static Map<TransactionId, PaymentId> of(Handle handle, SubscriptionKey key) {
    Map<TransactionId, PaymentId> names = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT a.alias, a.payment_id FROM payments p
            JOIN payment_aliases a ON a.payment_id = p.id AND a.provider = p.provider
            WHERE p.provider = :provider AND p.subscription_key = :key
            """)
        .bind("provider", key.provider().code())
        .bind("key", key.value())
        .map((row, _) ->
            Map.entry(
                new TransactionId(row.getString("alias")),
                new PaymentId(row.getLong("payment_id"))))
        .forEach(one -> names.put(one.getKey(), one.getValue()));
    return names;
  }

  /// Whether a transaction stands for a payment already.
  static boolean isTaken(Handle handle, PaymentProvider provider, TransactionId alias) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM payment_aliases
              WHERE provider = :provider AND alias = :alias) AS taken
            """)
        .bind("provider", provider.code())
        .bind("alias", alias.value())
        .map((row, _) -> row.getBoolean("taken"))
        .one();
  }

  /// Lets a transaction stand for a payment.
  static void add(Handle handle, PaymentId payment, PaymentProvider provider, TransactionId alias) {
    handle
        .createUpdate(
            """
            INSERT INTO payment_aliases (provider, alias, payment_id)
            VALUES (:provider, :alias, :payment)
            """)
        .bind("provider", provider.code())
        .bind("alias", alias.value())
        .bind("payment", payment.value())
        .execute();
  }

  private static Query select(Handle handle, String condition, String lock) {
    return handle.createQuery(
        "SELECT "
            + PaymentRows.COLUMNS
            + " FROM payments WHERE provider = :provider AND "
            + condition
            + " ORDER BY id LIMIT 1"
            + lock);
  }

  private static Optional<PaymentRow> one(Query query) {
    return query.map((row, _) -> PaymentRows.read(row)).findOne();
  }
}
