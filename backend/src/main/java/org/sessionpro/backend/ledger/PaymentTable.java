package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// The `payments` table. Methods that name a lock keep the rows unchanged until the transaction
/// ends.
final class PaymentTable {
  private static final String INSERT =
      "INSERT INTO payments ("
          + PaymentRows.IDENTITY
          + ", "
          + PaymentRows.STATE
          + ") VALUES ("
          + PaymentRows.parameters(PaymentRows.IDENTITY)
          + ", "
          + PaymentRows.parameters(PaymentRows.STATE)
          + ") RETURNING id";

  private static final String UPDATE =
      "UPDATE payments SET " + PaymentRows.assignments(PaymentRows.STATE) + " WHERE id = :id";

  private static final String PENDING =
      """
      binding IN (<bindings>) AND account_id IS NULL AND revoked_at IS NULL AND claimable = TRUE
      """;

  private final Dialect dialect;

  PaymentTable(Dialect dialect) {
    this.dialect = dialect;
  }

  Optional<PaymentRow> find(Handle handle, PaymentKey key) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments
                WHERE provider = :provider AND subscription_key = :subscription
                  AND cycle_key = :cycle
                """)
        .bind("provider", key.provider().code())
        .bind("subscription", key.subscription())
        .bind("cycle", key.cycle())
        .map((row, _) -> PaymentRows.read(row))
        .findOne();
  }

  /// All cycles of a subscription, oldest registration first.
  List<PaymentRow> ofSubscription(Handle handle, SubscriptionKey key) {
    return ofSubscription(handle, key, "");
  }

  /// All cycles of a subscription, locked, oldest registration first.
  List<PaymentRow> subscriptionLocked(Handle handle, SubscriptionKey key) {
    return ofSubscription(handle, key, dialect.rowLock());
  }

  private static List<PaymentRow> ofSubscription(
      Handle handle, SubscriptionKey key, String suffix) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments WHERE provider = :provider AND subscription_key = :subscription
                ORDER BY id
                """
                + suffix)
        .bind("provider", key.provider().code())
        .bind("subscription", key.value())
        .map((row, _) -> PaymentRows.read(row))
        .list();
  }

  /// The owners of a subscription's cycles.
  List<AccountId> owners(Handle handle, SubscriptionKey key) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT account_id FROM payments
            WHERE provider = :provider AND subscription_key = :subscription
              AND account_id IS NOT NULL
            """)
        .bind("provider", key.provider().code())
        .bind("subscription", key.value())
        .map((row, _) -> new AccountId(row.getLong("account_id")))
        .list();
  }

  /// Every payment bound to the account, oldest registration first.
  List<PaymentRow> ofAccount(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + " FROM payments WHERE account_id = :account ORDER BY id")
        .bind("account", account.value())
        .map((row, _) -> PaymentRows.read(row))
        .list();
  }

  /// One page of the history: newest registration first, below `before` if given.
  List<RegisteredPayment> page(
      Handle handle, AccountId account, @Nullable PaymentId before, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments WHERE account_id = :account AND hidden = FALSE AND id < :before
                ORDER BY id DESC LIMIT :limit
                """)
        .bind("account", account.value())
        .bind("before", before == null ? Long.MAX_VALUE : before.value())
        .bind("limit", limit)
        .map((row, _) -> PaymentRows.read(row).registered())
        .list();
  }

  /// The newest payments by purchase, ties by registration.
  List<RegisteredPayment> newestPurchases(Handle handle, AccountId account, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments WHERE account_id = :account AND hidden = FALSE
                ORDER BY purchased_at DESC, id DESC LIMIT :limit
                """)
        .bind("account", account.value())
        .bind("limit", limit)
        .map((row, _) -> PaymentRows.read(row).registered())
        .list();
  }

  /// The newest purchase that stands, else the newest revoked one (`entitlement.md` §12).
  Optional<RegisteredPayment> latest(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments WHERE account_id = :account AND hidden = FALSE
                ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, purchased_at DESC, id DESC
                LIMIT 1
                """)
        .bind("account", account.value())
        .map((row, _) -> PaymentRows.read(row).registered())
        .findOne();
  }

  Optional<RegisteredPayment> byId(Handle handle, PaymentId id) {
    return handle
        .createQuery("SELECT " + PaymentRows.COLUMNS + " FROM payments WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> PaymentRows.read(row).registered())
        .findOne();
  }

  /// The credits that still have a length to consume, in the order in which they are charged.
  List<RegisteredPayment> liveCredits(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments
                WHERE account_id = :account AND credit_remaining > 0 AND revoked_at IS NULL
                ORDER BY purchased_at, id
                """)
        .bind("account", account.value())
        .map((row, _) -> PaymentRows.read(row).registered())
        .list();
  }

  /// How many payments the account shows.
  long count(Handle handle, AccountId account) {
    return handle
        .createQuery("SELECT count(*) FROM payments WHERE account_id = :account AND hidden = FALSE")
        .bind("account", account.value())
        .mapTo(Long.class)
        .one();
  }

  /// Whether a touch by this owner would bind anything.
  boolean anyPending(Handle handle, Binding.OwnerIds owner) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM payments WHERE " + PENDING + ") AS found")
        .bindList("bindings", bytes(owner))
        .map((row, _) -> row.getBoolean(1))
        .one();
  }

  List<PaymentRow> pendingLocked(Handle handle, Binding.OwnerIds owner) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + " FROM payments WHERE "
                + PENDING
                + " ORDER BY id"
                + dialect.rowLock())
        .bindList("bindings", bytes(owner))
        .map((row, _) -> PaymentRows.read(row))
        .list();
  }

  private static List<byte[]> bytes(Binding.OwnerIds owner) {
    return owner.all().stream().map(b -> b.bytes().toByteArray()).toList();
  }

  PaymentId insert(Handle handle, Payment payment, int factCount) {
    Query insert = handle.createQuery(INSERT);
    PaymentRows.bindIdentity(ColumnValues.of(insert), payment);
    PaymentRows.bindState(ColumnValues.of(insert), payment, factCount);
    return new PaymentId(insert.mapTo(Long.class).one());
  }

  /// Gives a payment another name within its subscription.
  void rename(Handle handle, PaymentKey from, PaymentKey to) {
    handle
        .createUpdate(
            """
            UPDATE payments SET cycle_key = :to
            WHERE provider = :provider AND subscription_key = :subscription
              AND cycle_key = :from
            """)
        .bind("provider", from.provider().code())
        .bind("subscription", from.subscription())
        .bind("from", from.cycle())
        .bind("to", to.cycle())
        .execute();
  }

  void update(Handle handle, PaymentRow row) {
    Update update = handle.createUpdate(UPDATE);
    update.bind("id", row.id().value());
    PaymentRows.bindState(ColumnValues.of(update), row.payment(), row.factCount());
    update.execute();
  }
}
