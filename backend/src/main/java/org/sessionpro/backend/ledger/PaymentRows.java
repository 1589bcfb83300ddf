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

/// How a payment is written in a row of `payments`.
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

  // Looked up once: a row has so many columns that it shows.
  private static final int PROVIDER = at("provider");
  private static final int SUBSCRIPTION_KEY = at("subscription_key");
  private static final int CYCLE_KEY = at("cycle_key");
  private static final int HIDDEN = at("hidden");
  private static final int ID = at("id");
  private static final int FACT_COUNT = at("fact_count");
  private static final int BINDING = at("binding");
  private static final int TRANSACTION_ID = at("transaction_id");
  private static final int PLAN = at("plan");
  private static final int UNMAPPED = at("unmapped");
  private static final int PURCHASED_AT = at("purchased_at");
  private static final int CLAIMABLE = at("claimable");
  private static final int REFUND_DEADLINE_AT = at("refund_deadline_at");
  private static final int SOURCE = at("source");
  private static final int BEGAN = at("began");
  private static final int EXPIRY_AT = at("expiry_at");
  private static final int GRACE_PERIOD = at("grace_period");
  private static final int RENEWAL_STATED = at("renewal_stated");
  private static final int BILLING_RETRY = at("billing_retry");
  private static final int ACCOUNT_ID = at("account_id");
  private static final int REDEEMED_AT = at("redeemed_at");
  private static final int REDEEMED_HOW = at("redeemed_how");
  private static final int CREDIT_GRANTED = at("credit_granted");
  private static final int CREDIT_REMAINING = at("credit_remaining");
  private static final int CREDIT_SINCE = at("credit_since");
  private static final int ACKNOWLEDGEMENT = at("acknowledgement");
  private static final int ACKNOWLEDGEMENT_STATED_AT = at("acknowledgement_stated_at");
  private static final int REFUND_REQUESTED_AT = at("refund_requested_at");
  private static final int REFUND_STATED_AT = at("refund_stated_at");
  private static final int EXPIRY_STATED_AT = at("expiry_stated_at");
  private static final int GRACE_STATED_AT = at("grace_stated_at");
  private static final int RENEWAL_STATED_AT = at("renewal_stated_at");
  private static final int RETRY_STATED_AT = at("retry_stated_at");
  static final int REVOKED_REASON = at("revoked_reason");
  static final int REVOKED_AT = at("revoked_at");
  static final int REVOKED_INFERRED = at("revoked_inferred");
  static final int OTHER_REVOCATIONS = at("other_revocations");
  static final int REINSTATED_AT = at("reinstated_at");
  static final int VOIDED_AT = at("voided_at");

  private PaymentRows() {}

  static List<String> names(String columns) {
    return List.of(columns.strip().split("\\s*,\\s*"));
  }

  /// The place of a column in [#COLUMNS].
  private static int at(String column) {
    return Objects.requireNonNull(PLACES.get(column), column);
  }

  /// `?, ?` for `a, b`.
  static String marks(String columns) {
    return names(columns).stream().map(_ -> "?").collect(Collectors.joining(", "));
  }

  /// `a = ?, b = ?` for `a, b`.
  static String assignments(String columns) {
    return names(columns).stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
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
            PaymentProvider.ofCode(row.getString(PROVIDER)).orElseThrow(),
            row.getString(SUBSCRIPTION_KEY),
            row.getString(CYCLE_KEY));
    Payment payment =
        new Payment(
            key,
            readWitnessed(row),
            readTerms(row),
            readOwner(row),
            LossColumns.read(row),
            readCredit(row),
            readRequests(row),
            row.getBoolean(HIDDEN));
    return new PaymentRow(
        new RegisteredPayment(new PaymentId(row.getLong(ID)), payment), row.getInt(FACT_COUNT));
  }

  private static Witnessed readWitnessed(ResultSet row) throws SQLException {
    ByteString binding = Columns.nullableBytes(row, BINDING);
    String transaction = row.getString(TRANSACTION_ID);
    return new Witnessed(
        new Product(new Plan(row.getString(PLAN)), row.getBoolean(UNMAPPED)),
        Columns.instant(row, PURCHASED_AT),
        binding == null ? null : new Binding(binding),
        row.getBoolean(CLAIMABLE),
        Columns.instant(row, REFUND_DEADLINE_AT),
        Columns.code(Source.class, row, SOURCE),
        transaction == null ? null : new TransactionId(transaction),
        row.getString(BEGAN) == null ? null : Columns.code(Began.class, row, BEGAN));
  }

  private static Payment.Terms readTerms(ResultSet row) throws SQLException {
    return new Payment.Terms(
        Columns.nullableInstant(row, EXPIRY_AT),
        Columns.nullableDuration(row, GRACE_PERIOD),
        row.getBoolean(RENEWAL_STATED),
        row.getBoolean(BILLING_RETRY),
        new Payment.Statements(
            readStated(row, EXPIRY_STATED_AT),
            readStated(row, GRACE_STATED_AT),
            readStated(row, RENEWAL_STATED_AT),
            readStated(row, RETRY_STATED_AT)));
  }

  /// @param place of the instant, behind which stands whether the statement was complete
  private static Payment.Stated readStated(ResultSet row, int place) throws SQLException {
    Instant at = Columns.nullableInstant(row, place);
    return at == null ? Payment.Stated.NEVER : new Payment.Stated(at, row.getBoolean(place + 1));
  }

  private static Payment.@Nullable Owner readOwner(ResultSet row) throws SQLException {
    long account = row.getLong(ACCOUNT_ID);
    return row.wasNull()
        ? null
        : new Payment.Owner(
            new AccountId(account),
            Columns.instant(row, REDEEMED_AT),
            Columns.code(ClaimedBy.class, row, REDEEMED_HOW));
  }

  private static Payment.@Nullable Credit readCredit(ResultSet row) throws SQLException {
    long granted = row.getLong(CREDIT_GRANTED);
    return row.wasNull()
        ? null
        : new Payment.Credit(
            Micros.toDuration(granted),
            Micros.toDuration(row.getLong(CREDIT_REMAINING)),
            Columns.nullableInstant(row, CREDIT_SINCE));
  }

  private static Requests readRequests(ResultSet row) throws SQLException {
    return new Requests(
        new Requests.Told(
            Columns.code(Acknowledgement.class, row, ACKNOWLEDGEMENT),
            Columns.nullableInstant(row, ACKNOWLEDGEMENT_STATED_AT)),
        new Requests.RefundRequest(
            Columns.nullableInstant(row, REFUND_REQUESTED_AT),
            Columns.nullableInstant(row, REFUND_STATED_AT)));
  }
}
