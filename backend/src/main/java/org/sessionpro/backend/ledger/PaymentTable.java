package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.db.RowValues;
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
  private static final RowValues.Places WHOLE =
      new RowValues.Places(PaymentRows.names(PaymentRows.IDENTITY + ", " + PaymentRows.STATE));

  private static final Lookup INSERT =
      new Lookup(
          "INSERT INTO payments ("
              + PaymentRows.IDENTITY
              + ", "
              + PaymentRows.STATE
              + ") VALUES ("
              + PaymentRows.marks(PaymentRows.IDENTITY)
              + ", "
              + PaymentRows.marks(PaymentRows.STATE)
              + ") RETURNING id");

  private static final RowValues.Places CHANGED =
      new RowValues.Places(PaymentRows.names(PaymentRows.STATE + ", id"));

  private static final Lookup UPDATE =
      new Lookup(
          "UPDATE payments SET " + PaymentRows.assignments(PaymentRows.STATE) + " WHERE id = ?");

  private static final String WAITS =
      " AND account_id IS NULL AND revoked_at IS NULL AND claimable = TRUE";

  /// Of one owner's three bindings.
  private static final String PENDING = "binding IN (?, ?, ?)" + WAITS;

  private static final String ONE_PENDING =
      "EXISTS (SELECT 1 FROM payments WHERE binding = ?" + WAITS + ")";

  /// Whether there is one of them. Of a list SQLite makes a table before it looks for anything in it, which
  /// takes longer than to look three times.
  static final String ANY_PENDING =
      "(" + ONE_PENDING + " OR " + ONE_PENDING + " OR " + ONE_PENDING + ")";

  private static final String SELECT = "SELECT " + PaymentRows.COLUMNS + " FROM payments ";

  private static final Lookup BY_ID = new Lookup(SELECT + "WHERE id = ?");

  private static final Lookup OF_ACCOUNT = new Lookup(SELECT + "WHERE account_id = ? ORDER BY id");

  private static final Lookup PAGE =
      new Lookup(
          SELECT
              + """
              WHERE account_id = ? AND hidden = FALSE AND id < ?
              ORDER BY id DESC LIMIT ?
              """);

  private static final Lookup NEWEST =
      new Lookup(
          SELECT
              + """
              WHERE account_id = ? AND hidden = FALSE
              ORDER BY purchased_at DESC, id DESC LIMIT ?
              """);

  /// Only the ids are sorted, not the whole rows.
  private static final Lookup LATEST =
      new Lookup(
          SELECT
              + """
              WHERE id = (
                SELECT id FROM payments
                WHERE account_id = ? AND hidden = FALSE
                ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, purchased_at DESC, id DESC
                LIMIT 1)
              """);

  private static final Lookup LIVE_CREDITS =
      new Lookup(
          SELECT
              + """
              WHERE account_id = ? AND credit_remaining > 0 AND revoked_at IS NULL
              ORDER BY purchased_at, id
              """);

  private static final Lookup IS_ANY_PENDING = new Lookup("SELECT " + ANY_PENDING);

  private static final Lookup COUNT =
      new Lookup("SELECT count(*) FROM payments WHERE account_id = ? AND hidden = FALSE");

  private static final Lookup OF_SUBSCRIPTION =
      new Lookup(SELECT + "WHERE provider = ? AND subscription_key = ? ORDER BY id");

  private final Lookup subscriptionLocked;
  private final Lookup pendingLocked;

  PaymentTable(Dialect dialect) {
    this.subscriptionLocked = new Lookup(OF_SUBSCRIPTION.sql() + dialect.rowLock());
    this.pendingLocked =
        new Lookup(SELECT + "WHERE " + PENDING + " ORDER BY id" + dialect.rowLock());
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
    return OF_SUBSCRIPTION.all(handle, PaymentRows::read, key.provider().code(), key.value());
  }

  /// All cycles of a subscription, locked, oldest registration first.
  List<PaymentRow> subscriptionLocked(Handle handle, SubscriptionKey key) {
    return subscriptionLocked.all(handle, PaymentRows::read, key.provider().code(), key.value());
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
    return OF_ACCOUNT.all(handle, PaymentRows::read, account.value());
  }

  /// One page of the history: newest registration first, below `before` if given.
  List<RegisteredPayment> page(
      Handle handle, AccountId account, @Nullable PaymentId before, int limit) {
    return PAGE.all(
        handle,
        row -> PaymentRows.read(row).registered(),
        account.value(),
        before == null ? Long.MAX_VALUE : before.value(),
        limit);
  }

  /// The newest payments by purchase, ties by registration.
  List<RegisteredPayment> newestPurchases(Handle handle, AccountId account, int limit) {
    return NEWEST.all(handle, row -> PaymentRows.read(row).registered(), account.value(), limit);
  }

  /// The newest purchase that stands, else the newest revoked one (`entitlement.md` §12).
  Optional<RegisteredPayment> latest(Handle handle, AccountId account) {
    return LATEST.first(handle, row -> PaymentRows.read(row).registered(), account.value());
  }

  Optional<RegisteredPayment> byId(Handle handle, PaymentId id) {
    return BY_ID.first(handle, row -> PaymentRows.read(row).registered(), id.value());
  }

  /// The credits that still have a length to consume, in the order in which they are charged.
  List<RegisteredPayment> liveCredits(Handle handle, AccountId account) {
    return LIVE_CREDITS.all(handle, row -> PaymentRows.read(row).registered(), account.value());
  }

  /// How many payments the account shows.
  long count(Handle handle, AccountId account) {
    return COUNT.one(handle, row -> row.getLong(1), account.value());
  }

  /// Whether a touch by this owner would bind anything.
  boolean anyPending(Handle handle, Binding.OwnerIds owner) {
    return IS_ANY_PENDING.one(handle, row -> row.getBoolean(1), arguments(owner));
  }

  List<PaymentRow> pendingLocked(Handle handle, Binding.OwnerIds owner) {
    return pendingLocked.all(handle, PaymentRows::read, arguments(owner));
  }

  /// What [#PENDING] and [#ANY_PENDING] ask for.
  static Object[] arguments(Binding.OwnerIds owner) {
    return owner.all().stream().map(binding -> binding.bytes().toByteArray()).toArray();
  }

  PaymentId insert(Handle handle, Payment payment, int factCount) {
    RowValues row = WHOLE.row();
    PaymentRows.bindIdentity(row, payment);
    PaymentRows.bindState(row, payment, factCount);
    return INSERT.one(handle, inserted -> new PaymentId(inserted.getLong(1)), row.arguments());
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
    RowValues values = CHANGED.row().bind("id", row.id().value());
    PaymentRows.bindState(values, row.payment(), row.factCount());
    var _ = UPDATE.change(handle, values.arguments());
  }
}
