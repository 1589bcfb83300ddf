package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.ColumnValues;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.Requests;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// How a payment is written in a row of `payments`. Parameters of statements have the names of their
/// columns.
final class PaymentRows {
  /// What is written once.
  static final String IDENTITY =
      """
      provider, subscription_key, cycle_key, plan, unmapped, purchased_at, claimable,
      refund_deadline_at, source, transaction_id, began
      """;

  /// What facts may change.
  static final String STATE =
      """
      binding, expiry_at, grace_period, auto_renewing, renewal_stated, billing_retry,
      expiry_stated_at, expiry_stated_complete, grace_stated_at, grace_stated_complete,
      renewal_stated_at, renewal_stated_complete, retry_stated_at, retry_stated_complete,
      account_id, redeemed_at, redeemed_how, revoked_at, revoked_reason, revoked_inferred,
      other_revocations, reinstated_at, voided_at, credit_granted, credit_remaining, credit_since,
      acknowledgement, acknowledgement_stated_at, refund_requested_at, refund_stated_at, hidden, fact_count
      """;

  /// What [#read] needs, at the beginning of what is selected.
  static final String COLUMNS = "id, " + IDENTITY + ", " + STATE;

  private static final List<String> ORDER = names(COLUMNS);
  private static final Map<String, Integer> PLACES =
      ORDER.stream().collect(Collectors.toMap(name -> name, name -> ORDER.indexOf(name) + 1));

  private PaymentRows() {}

  static List<String> names(String columns) {
    return List.of(columns.strip().split("\\s*,\\s*"));
  }

  /// The place of a column in [#COLUMNS].
  static int at(String column) {
    return Objects.requireNonNull(PLACES.get(column), column);
  }

  /// `:a, :b` for `a, b`.
  static String parameters(String columns) {
    return names(columns).stream().map(column -> ":" + column).collect(Collectors.joining(", "));
  }

  /// `a = :a, b = :b` for `a, b`.
  static String assignments(String columns) {
    return names(columns).stream()
        .map(column -> column + " = :" + column)
        .collect(Collectors.joining(", "));
  }

  static void bindIdentity(ColumnValues statement, Payment payment) {
    Witnessed witnessed = payment.witnessed();
    TransactionId transaction = witnessed.transaction();
    Began began = witnessed.began();
    statement
        .bind("provider", payment.key().provider().code())
        .bind("subscription_key", payment.key().subscription())
        .bind("cycle_key", payment.key().cycle())
        .bind("plan", witnessed.product().plan().code())
        .bind("unmapped", witnessed.product().unmapped())
        .bind("purchased_at", Micros.of(witnessed.purchasedAt()))
        .bind("claimable", witnessed.claimable())
        .bind("refund_deadline_at", Micros.of(witnessed.refundDeadline()))
        .bind("source", Columns.code(witnessed.source()))
        .bind("transaction_id", transaction == null ? null : transaction.value())
        .bind("began", began == null ? null : Columns.code(began));
  }

  static void bindState(ColumnValues statement, Payment payment, int factCount) {
    Binding binding = payment.witnessed().binding();
    Payment.Owner owner = payment.owner();
    Payment.Credit credit = payment.credit();
    Requests requests = payment.requests();
    bindTerms(statement, payment);
    LossColumns.bind(statement, payment.losses());
    statement
        .bind("binding", binding == null ? null : binding.bytes().toByteArray())
        .bind("account_id", owner == null ? null : owner.account().value())
        .bind("redeemed_at", owner == null ? null : Micros.of(owner.redeemedAt()))
        .bind("redeemed_how", owner == null ? null : Columns.code(owner.how()))
        .bind("credit_granted", credit == null ? null : Micros.of(credit.granted()))
        .bind("credit_remaining", credit == null ? null : Micros.of(credit.remaining()))
        .bind("credit_since", credit == null ? null : Micros.ofNullable(credit.since()))
        .bind("acknowledgement", Columns.code(requests.acknowledgement()))
        .bind("acknowledgement_stated_at", Micros.ofNullable(requests.told().statedAt()))
        .bind("refund_requested_at", Micros.ofNullable(requests.refund().requestedAt()))
        .bind("refund_stated_at", Micros.ofNullable(requests.refund().statedAt()))
        .bind("hidden", payment.hidden())
        .bind("fact_count", factCount);
  }

  private static void bindTerms(ColumnValues statement, Payment payment) {
    Payment.Terms terms = payment.terms();
    statement
        .bind("expiry_at", Micros.ofNullable(terms.expiry()))
        .bind("grace_period", Micros.ofNullable(terms.grace()))
        .bind("auto_renewing", payment.isRenewing())
        .bind("renewal_stated", terms.renewing())
        .bind("billing_retry", terms.billingRetry());
    Payment.Statements stated = terms.stated();
    bindStated(statement, "expiry_stated", stated.expiry());
    bindStated(statement, "grace_stated", stated.grace());
    bindStated(statement, "renewal_stated", stated.renewing());
    bindStated(statement, "retry_stated", stated.billingRetry());
  }

  private static void bindStated(ColumnValues statement, String columns, Payment.Stated stated) {
    statement
        .bind(columns + "_at", statedAt(stated))
        .bind(columns + "_complete", stated.complete());
  }

  private static @Nullable Long statedAt(Payment.Stated stated) {
    return stated.equals(Payment.Stated.NEVER) ? null : Micros.of(stated.at());
  }

  static PaymentRow read(ResultSet row) throws SQLException {
    PaymentKey key =
        new PaymentKey(
            PaymentProvider.ofCode(row.getString(at("provider"))).orElseThrow(),
            row.getString(at("subscription_key")),
            row.getString(at("cycle_key")));
    Payment payment =
        new Payment(
            key,
            readWitnessed(row),
            readTerms(row),
            readOwner(row),
            LossColumns.read(row),
            readCredit(row),
            readRequests(row),
            row.getBoolean(at("hidden")));
    return new PaymentRow(
        new RegisteredPayment(new PaymentId(row.getLong(at("id"))), payment),
        row.getInt(at("fact_count")));
  }

  private static Witnessed readWitnessed(ResultSet row) throws SQLException {
    ByteString binding = Columns.nullableBytes(row, at("binding"));
    String transaction = row.getString(at("transaction_id"));
    return new Witnessed(
        new Product(new Plan(row.getString(at("plan"))), row.getBoolean(at("unmapped"))),
        Columns.instant(row, at("purchased_at")),
        binding == null ? null : new Binding(binding),
        row.getBoolean(at("claimable")),
        Columns.instant(row, at("refund_deadline_at")),
        Columns.code(Source.class, row, at("source")),
        transaction == null ? null : new TransactionId(transaction),
        row.getString(at("began")) == null ? null : Columns.code(Began.class, row, at("began")));
  }

  private static Payment.Terms readTerms(ResultSet row) throws SQLException {
    return new Payment.Terms(
        Columns.nullableInstant(row, at("expiry_at")),
        Columns.nullableDuration(row, at("grace_period")),
        row.getBoolean(at("renewal_stated")),
        row.getBoolean(at("billing_retry")),
        new Payment.Statements(
            readStated(row, "expiry_stated"),
            readStated(row, "grace_stated"),
            readStated(row, "renewal_stated"),
            readStated(row, "retry_stated")));
  }

  private static Payment.Stated readStated(ResultSet row, String columns) throws SQLException {
    Instant at = Columns.nullableInstant(row, at(columns + "_at"));
    return at == null
        ? Payment.Stated.NEVER
        : new Payment.Stated(at, row.getBoolean(at(columns + "_complete")));
  }

  private static Payment.@Nullable Owner readOwner(ResultSet row) throws SQLException {
    long account = row.getLong(at("account_id"));
    return row.wasNull()
        ? null
        : new Payment.Owner(
            new AccountId(account),
            Columns.instant(row, at("redeemed_at")),
            Columns.code(ClaimedBy.class, row, at("redeemed_how")));
  }

  private static Payment.@Nullable Credit readCredit(ResultSet row) throws SQLException {
    long granted = row.getLong(at("credit_granted"));
    return row.wasNull()
        ? null
        : new Payment.Credit(
            Micros.toDuration(granted),
            Micros.toDuration(row.getLong(at("credit_remaining"))),
            Columns.nullableInstant(row, at("credit_since")));
  }

  private static Requests readRequests(ResultSet row) throws SQLException {
    return new Requests(
        new Requests.Told(
            Columns.code(Acknowledgement.class, row, at("acknowledgement")),
            Columns.nullableInstant(row, at("acknowledgement_stated_at"))),
        new Requests.RefundRequest(
            Columns.nullableInstant(row, at("refund_requested_at")),
            Columns.nullableInstant(row, at("refund_stated_at"))));
  }
}
