package org.sessionpro.backend.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// Finds payments by the names that clients know them by.
final class PaymentNames {
  private static final Lookup IS_TAKEN =
      new Lookup("SELECT EXISTS (SELECT 1 FROM payment_aliases WHERE provider = ? AND alias = ?)");

  private static final Lookup NAMES =
      new Lookup("SELECT alias FROM payment_aliases WHERE payment_id = ?");

  private final Questions found;
  private final Questions locked;

  PaymentNames(Dialect dialect) {
    this.found = new Questions("");
    this.locked = new Questions(dialect.rowLock());
  }

  /// The payment of that name.
  Optional<PaymentRow> find(Handle handle, PaymentName name) {
    return find(handle, name, found);
  }

  /// The payment of that name; nobody changes it until the transaction ends.
  Optional<PaymentRow> findLocked(Handle handle, PaymentName name) {
    return find(handle, name, locked);
  }

  private static Optional<PaymentRow> find(Handle handle, PaymentName name, Questions questions) {
    if (!name.isPossible()) {
      return Optional.empty();
    }
    return switch (name) {
      case PaymentName.Google(var token, var order) ->
          questions
              .google()
              .first(
                  handle,
                  PaymentRows::read,
                  PaymentProvider.GOOGLE_PLAY.code(),
                  token.value(),
                  order.value());
      case PaymentName.Apple(var transaction) -> {
        String store = PaymentProvider.APP_STORE.code();
        yield questions.apple().first(handle, PaymentRows::read, store, store, transaction.value());
      }
    };
  }

  /// How the payment of a name is looked up.
  private record Questions(Lookup google, Lookup apple) {
    Questions(String lock) {
      this(
          question("subscription_key = ? AND cycle_key = ?", lock),
          question(
              "id = (SELECT payment_id FROM payment_aliases WHERE provider = ? AND alias = ?)",
              lock));
    }

    private static Lookup question(String condition, String lock) {
      return new Lookup(
          "SELECT "
              + PaymentRows.COLUMNS
              + " FROM payments WHERE provider = ? AND "
              + condition
              + " ORDER BY id LIMIT 1"
              + lock);
    }
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

  /// The transactions that stand for a payment.
  static Set<TransactionId> of(Handle handle, PaymentId payment) {
    return Set.copyOf(
        NAMES.all(handle, row -> new TransactionId(row.getString(1)), payment.value()));
  }

  /// Whether a transaction stands for a payment already.
  static boolean isTaken(Handle handle, PaymentProvider provider, TransactionId alias) {
    return IS_TAKEN.one(handle, row -> row.getBoolean(1), provider.code(), alias.value());
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
}
