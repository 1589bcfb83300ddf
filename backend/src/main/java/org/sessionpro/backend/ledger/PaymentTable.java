package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// The `payments` table. Methods that name a lock keep the rows unchanged until the transaction
/// ends.
final class PaymentTable {
  static final String COLUMNS =
      """
      id, provider, subscription_key, cycle_key, plan, unmapped, purchased_at, binding, claimable,
      refund_deadline_at, source, transaction_id, expiry_at, grace_period, auto_renewing, renewal_stated, billing_retry,
      expiry_stated_at, expiry_stated_complete, renewal_stated_at, renewal_stated_complete, account_id, redeemed_at, redeemed_how, revoked_at, revoked_reason,
      revoked_inferred, credit_granted, credit_remaining, acknowledgement, refund_requested_at,
      reinstated_at, fact_count
      """;

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
                + COLUMNS
                + """
                FROM payments
                WHERE provider = :provider AND subscription_key = :subscription
                  AND cycle_key = :cycle
                """)
        .bind("provider", key.provider().code())
        .bind("subscription", key.subscription())
        .bind("cycle", key.cycle())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// All cycles of a subscription, locked, oldest registration first.
  List<PaymentRow> subscriptionLocked(Handle handle, PaymentKey key) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                FROM payments WHERE provider = :provider AND subscription_key = :subscription
                ORDER BY id
                """
                + dialect.rowLock())
        .bind("provider", key.provider().code())
        .bind("subscription", key.subscription())
        .map((row, _) -> read(row))
        .list();
  }

  /// The owners of a subscription's cycles.
  List<AccountId> owners(Handle handle, PaymentKey key) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT account_id FROM payments
            WHERE provider = :provider AND subscription_key = :subscription
              AND account_id IS NOT NULL
            """)
        .bind("provider", key.provider().code())
        .bind("subscription", key.subscription())
        .map((row, _) -> new AccountId(row.getLong("account_id")))
        .list();
  }

  /// Every payment bound to the account, oldest registration first.
  List<PaymentRow> ofAccount(Handle handle, AccountId account) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM payments WHERE account_id = :account ORDER BY id")
        .bind("account", account.value())
        .map((row, _) -> read(row))
        .list();
  }

  /// One page of the history: newest registration first, below `before` if given.
  List<RegisteredPayment> page(
      Handle handle, AccountId account, @Nullable PaymentId before, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                FROM payments WHERE account_id = :account AND id < :before
                ORDER BY id DESC LIMIT :limit
                """)
        .bind("account", account.value())
        .bind("before", before == null ? Long.MAX_VALUE : before.value())
        .bind("limit", limit)
        .map((row, _) -> read(row).registered())
        .list();
  }

  /// The newest payments by purchase, ties by registration.
  List<RegisteredPayment> newestPurchases(Handle handle, AccountId account, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                FROM payments WHERE account_id = :account
                ORDER BY purchased_at DESC, id DESC LIMIT :limit
                """)
        .bind("account", account.value())
        .bind("limit", limit)
        .map((row, _) -> read(row).registered())
        .list();
  }

  /// The newest purchase that stands, else the newest revoked one (`entitlement.md` §12).
  Optional<RegisteredPayment> latest(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                FROM payments WHERE account_id = :account
                ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, purchased_at DESC, id DESC
                LIMIT 1
                """)
        .bind("account", account.value())
        .map((row, _) -> read(row).registered())
        .findOne();
  }

  Optional<RegisteredPayment> byId(Handle handle, PaymentId id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM payments WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row).registered())
        .findOne();
  }

  /// The credits that still have a length to consume, in the order in which they are charged.
  List<RegisteredPayment> liveCredits(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                FROM payments
                WHERE account_id = :account AND credit_remaining > 0 AND revoked_at IS NULL
                ORDER BY purchased_at, id
                """)
        .bind("account", account.value())
        .map((row, _) -> read(row).registered())
        .list();
  }

  long count(Handle handle, AccountId account) {
    return handle
        .createQuery("SELECT count(*) FROM payments WHERE account_id = :account")
        .bind("account", account.value())
        .mapTo(Long.class)
        .one();
  }

  /// Whether a touch by this owner would bind anything.
  boolean anyPending(Handle handle, Binding.OwnerIds owner) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM payments WHERE " + PENDING + ") AS found")
        .bindList("bindings", bytes(owner))
        .map((row, _) -> row.getBoolean("found"))
        .one();
  }

  List<PaymentRow> pendingLocked(Handle handle, Binding.OwnerIds owner) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM payments WHERE "
                + PENDING
                + " ORDER BY id"
                + dialect.rowLock())
        .bindList("bindings", bytes(owner))
        .map((row, _) -> read(row))
        .list();
  }

  private static List<byte[]> bytes(Binding.OwnerIds owner) {
    return owner.all().stream().map(b -> b.bytes().toByteArray()).toList();
  }

  PaymentId insert(Handle handle, Payment payment, int factCount) {
    Query insert =
        handle.createQuery(
            """
            INSERT INTO payments (provider, subscription_key, cycle_key, plan, unmapped,
              purchased_at, binding, claimable, refund_deadline_at, source, transaction_id,
              expiry_at, grace_period, auto_renewing, renewal_stated, billing_retry, expiry_stated_at,
              expiry_stated_complete, renewal_stated_at, renewal_stated_complete, account_id, redeemed_at,
              redeemed_how, revoked_at, revoked_reason, revoked_inferred, credit_granted,
              credit_remaining, acknowledgement, refund_requested_at, reinstated_at, fact_count)
            VALUES (:provider, :subscription, :cycle, :plan, :unmapped, :purchasedAt, :binding,
              :claimable, :refundDeadline, :source, :transaction, :expiry, :grace, :renewing, :renewalStated, :billingRetry,
              :expiryStatedAt, :expiryComplete, :renewalStatedAt, :renewalComplete, :account, :redeemedAt, :redeemedHow, :revokedAt,
              :revokedReason, :revokedInferred, :granted, :remaining, :acknowledgement,
              :refundRequestedAt, :reinstatedAt, :factCount)
            RETURNING id
            """);
    bindIdentity(insert, payment);
    bindState(insert, payment, factCount);
    return new PaymentId(insert.mapTo(Long.class).one());
  }

  void update(Handle handle, PaymentRow row) {
    Update update =
        handle.createUpdate(
            """
            UPDATE payments SET expiry_at = :expiry, grace_period = :grace,
              auto_renewing = :renewing, renewal_stated = :renewalStated, billing_retry = :billingRetry,
              expiry_stated_at = :expiryStatedAt, expiry_stated_complete = :expiryComplete,
              renewal_stated_at = :renewalStatedAt, renewal_stated_complete = :renewalComplete,
              account_id = :account, redeemed_at = :redeemedAt,
              redeemed_how = :redeemedHow, revoked_at = :revokedAt,
              revoked_reason = :revokedReason, revoked_inferred = :revokedInferred,
              credit_granted = :granted, credit_remaining = :remaining,
              acknowledgement = :acknowledgement, refund_requested_at = :refundRequestedAt,
              reinstated_at = :reinstatedAt,
              fact_count = :factCount
            WHERE id = :id
            """);
    update.bind("id", row.id().value());
    bindState(update, row.payment(), row.factCount());
    update.execute();
  }

  private static void bindIdentity(SqlStatement<?> statement, Payment payment) {
    Witnessed witnessed = payment.witnessed();
    Binding binding = witnessed.binding();
    TransactionId transaction = witnessed.transaction();
    statement
        .bind("provider", payment.key().provider().code())
        .bind("subscription", payment.key().subscription())
        .bind("cycle", payment.key().cycle())
        .bind("plan", witnessed.product().plan().code())
        .bind("unmapped", witnessed.product().unmapped())
        .bind("purchasedAt", Micros.of(witnessed.purchasedAt()))
        .bind("binding", binding == null ? null : binding.bytes().toByteArray())
        .bind("claimable", witnessed.claimable())
        .bind("refundDeadline", Micros.of(witnessed.refundDeadline()))
        .bind("source", Columns.code(witnessed.source()))
        .bind("transaction", transaction == null ? null : transaction.value());
  }

  private static void bindState(SqlStatement<?> statement, Payment payment, int factCount) {
    Payment.Terms terms = payment.terms();
    Payment.Owner owner = payment.owner();
    Payment.Revocation revocation = payment.revocation();
    Payment.Credit credit = payment.credit();
    statement
        .bind("expiry", Micros.ofNullable(terms.expiry()))
        .bind("grace", Micros.ofNullable(terms.grace()))
        .bind("renewing", payment.isRenewing())
        .bind("renewalStated", terms.renewing())
        .bind("billingRetry", terms.billingRetry())
        .bind("expiryStatedAt", statedAt(terms.expiryStated()))
        .bind("expiryComplete", terms.expiryStated().complete())
        .bind("renewalStatedAt", statedAt(terms.renewalStated()))
        .bind("renewalComplete", terms.renewalStated().complete())
        .bind("account", owner == null ? null : owner.account().value())
        .bind("redeemedAt", owner == null ? null : Micros.of(owner.redeemedAt()))
        .bind("redeemedHow", owner == null ? null : Columns.code(owner.how()))
        .bind("revokedAt", revocation == null ? null : Micros.of(revocation.at()))
        .bind("revokedReason", revocation == null ? null : Columns.code(revocation.reason()))
        .bind("revokedInferred", revocation != null && revocation.inferred())
        .bind("granted", credit == null ? null : Micros.of(credit.granted()))
        .bind("remaining", credit == null ? null : Micros.of(credit.remaining()))
        .bind("acknowledgement", Columns.code(payment.requests().acknowledgement()))
        .bind("refundRequestedAt", Micros.ofNullable(payment.requests().refundRequestedAt()))
        .bind("reinstatedAt", Micros.ofNullable(payment.requests().reinstatedAt()))
        .bind("factCount", factCount);
  }

  private static @Nullable Long statedAt(Payment.Stated stated) {
    return stated.equals(Payment.Stated.NEVER) ? null : Micros.of(stated.at());
  }

  static PaymentRow read(ResultSet row) throws SQLException {
    PaymentKey key =
        new PaymentKey(
            PaymentProvider.ofCode(row.getString("provider")).orElseThrow(),
            row.getString("subscription_key"),
            row.getString("cycle_key"));
    ByteString binding = Columns.nullableBytes(row, "binding");
    String transaction = row.getString("transaction_id");
    Witnessed witnessed =
        new Witnessed(
            new Product(new Plan(row.getString("plan")), row.getBoolean("unmapped")),
            Columns.instant(row, "purchased_at"),
            binding == null ? null : new Binding(binding),
            row.getBoolean("claimable"),
            Columns.instant(row, "refund_deadline_at"),
            Columns.code(Source.class, row, "source"),
            transaction == null ? null : new TransactionId(transaction));
    Payment payment =
        new Payment(
            key,
            witnessed,
            readTerms(row),
            readOwner(row),
            readRevocation(row),
            readCredit(row),
            new Payment.Requests(
                Columns.code(Acknowledgement.class, row, "acknowledgement"),
                Columns.nullableInstant(row, "refund_requested_at"),
                Columns.nullableInstant(row, "reinstated_at")));
    return new PaymentRow(
        new RegisteredPayment(new PaymentId(row.getLong("id")), payment), row.getInt("fact_count"));
  }

  private static Payment.Terms readTerms(ResultSet row) throws SQLException {
    return new Payment.Terms(
        Columns.nullableInstant(row, "expiry_at"),
        Columns.nullableDuration(row, "grace_period"),
        row.getBoolean("renewal_stated"),
        row.getBoolean("billing_retry"),
        readStated(row, "expiry_stated"),
        readStated(row, "renewal_stated"));
  }

  private static Payment.Stated readStated(ResultSet row, String columns) throws SQLException {
    Instant at = Columns.nullableInstant(row, columns + "_at");
    return at == null
        ? Payment.Stated.NEVER
        : new Payment.Stated(at, row.getBoolean(columns + "_complete"));
  }

  private static Payment.@Nullable Owner readOwner(ResultSet row) throws SQLException {
    long account = row.getLong("account_id");
    return row.wasNull()
        ? null
        : new Payment.Owner(
            new AccountId(account),
            Columns.instant(row, "redeemed_at"),
            Columns.code(ClaimedBy.class, row, "redeemed_how"));
  }

  private static Payment.@Nullable Revocation readRevocation(ResultSet row) throws SQLException {
    Instant at = Columns.nullableInstant(row, "revoked_at");
    return at == null
        ? null
        : new Payment.Revocation(
            at,
            Columns.code(RevokedFor.class, row, "revoked_reason"),
            row.getBoolean("revoked_inferred"));
  }

  private static Payment.@Nullable Credit readCredit(ResultSet row) throws SQLException {
    long granted = row.getLong("credit_granted");
    return row.wasNull()
        ? null
        : new Payment.Credit(
            Micros.toDuration(granted), Micros.toDuration(row.getLong("credit_remaining")));
  }
}
