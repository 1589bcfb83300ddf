package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.PaymentProvider;

/// A payment as a census looks at it.
///
/// @param account the owner's id; 0 if there is none
/// @param hidden whether the same money is shown as another payment
record CensusRow(long account, boolean hidden, Sale sale, Term term, Loss loss) {
  /// Revocations after which the store has given the money back.
  private static final Set<RevokedFor> REFUNDS =
      EnumSet.of(RevokedFor.REFUND, RevokedFor.VOIDED, RevokedFor.REVOKED);

  /// The columns of a census. What is asked of the time from `:since` on only is NULL before.
  static final String COLUMNS =
      """
      p.account_id, p.hidden, p.provider, p.plan, p.purchased_at, p.expiry_at, p.grace_period,
      p.renewal_stated, p.renewal_stated_at, p.revoked_at, p.revoked_reason, p.voided_at,
      p.refund_requested_at,
      CASE WHEN p.purchased_at >= :since THEN EXISTS (
        SELECT 1 FROM payments e
        WHERE e.provider = p.provider AND e.subscription_key = p.subscription_key
          AND (e.purchased_at < p.purchased_at
            OR (e.purchased_at = p.purchased_at AND e.id < p.id))) END AS renewal,
      CASE WHEN p.purchased_at >= :since AND p.account_id IS NOT NULL THEN NOT EXISTS (
        SELECT 1 FROM payments e
        WHERE e.account_id = p.account_id
          AND (e.purchased_at < p.purchased_at
            OR (e.purchased_at = p.purchased_at AND e.id < p.id))) END AS first_of_account,
      CASE WHEN p.auto_renewing = FALSE AND p.expiry_at >= :since THEN NOT EXISTS (
        SELECT 1 FROM payments l
        WHERE l.provider = p.provider AND l.subscription_key = p.subscription_key
          AND (l.purchased_at > p.purchased_at
            OR (l.purchased_at = p.purchased_at AND l.id > p.id))
          AND (l.revoked_at IS NULL OR l.revoked_at > l.purchased_at)) END AS ending,
      CASE WHEN p.grace_period IS NOT NULL AND p.expiry_at >= :since THEN NOT EXISTS (
        SELECT 1 FROM payments l
        WHERE l.provider = p.provider AND l.subscription_key = p.subscription_key
          AND (l.purchased_at > p.purchased_at
            OR (l.purchased_at = p.purchased_at AND l.id > p.id))
          AND l.purchased_at <= p.expiry_at) END AS overdue,
      a.expiry_at AS account_expiry_at, a.grace_period AS account_grace_period,
      a.auto_renewing AS account_renewing
      """;

  // Their places.
  private static final int ACCOUNT_ID = 1;
  private static final int HIDDEN = 2;
  private static final int PROVIDER = 3;
  private static final int PLAN = 4;
  private static final int PURCHASED_AT = 5;
  private static final int EXPIRY_AT = 6;
  private static final int GRACE_PERIOD = 7;
  private static final int RENEWAL_STATED = 8;
  private static final int RENEWAL_STATED_AT = 9;
  private static final int REVOKED_AT = 10;
  private static final int REVOKED_REASON = 11;
  private static final int VOIDED_AT = 12;
  private static final int REFUND_REQUESTED_AT = 13;
  private static final int RENEWAL = 14;
  private static final int FIRST_OF_ACCOUNT = 15;
  private static final int ENDING = 16;
  private static final int OVERDUE = 17;
  private static final int ACCOUNT_EXPIRY_AT = 18;
  private static final int ACCOUNT_GRACE_PERIOD = 19;
  private static final int ACCOUNT_RENEWING = 20;

  /// That it was bought.
  ///
  /// @param plan its code
  /// @param renewal whether there is an earlier cycle of the same subscription
  /// @param first whether its account has no earlier payment
  record Sale(PaymentProvider provider, String plan, Instant at, boolean renewal, boolean first) {}

  /// For how long it counts.
  ///
  /// @param expiry null while it is a live credit
  /// @param renewing whether the store last said that it will renew it
  /// @param renewingSince when the store said that; null if it never did
  /// @param ending whether nothing will renew it, and nothing has
  /// @param overdue whether it has a grace period, and was not renewed when its term ended
  /// @param credits what the account is entitled to if this is a live credit; null otherwise
  record Term(
      @Nullable Instant expiry,
      @Nullable Duration grace,
      boolean renewing,
      @Nullable Instant renewingSince,
      boolean ending,
      boolean overdue,
      @Nullable Entitlement credits) {}

  /// What was said against it.
  ///
  /// @param reason null exactly if it stands
  record Loss(
      @Nullable Instant revokedAt,
      @Nullable RevokedFor reason,
      @Nullable Instant voidedAt,
      @Nullable Instant refundRequestedAt) {}

  static CensusRow read(ResultSet row) throws SQLException {
    return new CensusRow(
        row.getLong(ACCOUNT_ID),
        row.getBoolean(HIDDEN),
        new Sale(
            PaymentProvider.ofCode(row.getString(PROVIDER)).orElseThrow(),
            row.getString(PLAN),
            Columns.instant(row, PURCHASED_AT),
            row.getBoolean(RENEWAL),
            row.getBoolean(FIRST_OF_ACCOUNT)),
        new Term(
            Columns.nullableInstant(row, EXPIRY_AT),
            Columns.nullableDuration(row, GRACE_PERIOD),
            row.getBoolean(RENEWAL_STATED),
            Columns.nullableInstant(row, RENEWAL_STATED_AT),
            row.getBoolean(ENDING),
            row.getBoolean(OVERDUE),
            readCredits(row)),
        new Loss(
            Columns.nullableInstant(row, REVOKED_AT),
            row.getString(REVOKED_REASON) == null
                ? null
                : Columns.code(RevokedFor.class, row, REVOKED_REASON),
            Columns.nullableInstant(row, VOIDED_AT),
            Columns.nullableInstant(row, REFUND_REQUESTED_AT)));
  }

  private static @Nullable Entitlement readCredits(ResultSet row) throws SQLException {
    Instant expiry = Columns.nullableInstant(row, ACCOUNT_EXPIRY_AT);
    return expiry == null
        ? null
        : new Entitlement(
            expiry,
            Columns.nullableDuration(row, ACCOUNT_GRACE_PERIOD),
            row.getBoolean(ACCOUNT_RENEWING));
  }

  boolean isOwned() {
    return account != 0;
  }

  boolean isStanding() {
    return loss.revokedAt() == null;
  }

  /// When its money went back; null if it did not.
  @Nullable Instant refundedAt() {
    return loss.reason() != null && REFUNDS.contains(loss.reason())
        ? loss.revokedAt()
        : loss.voidedAt();
  }

  /// When its grace began; null if it has not by `now`, or never will.
  @Nullable Instant graceBegan(Instant now) {
    Instant expiry = term.expiry();
    if (expiry == null || !term.overdue() || expiry.isAfter(now)) {
      return null;
    }
    boolean renewing = term.renewing() || isAfter(term.renewingSince(), expiry);
    boolean standing = loss.revokedAt() == null || loss.revokedAt().isAfter(expiry);
    return renewing && standing ? expiry : null;
  }

  /// The last instant of its paid term, or of the credits that it is one of.
  Instant paidUntil(RenewalAllowance allowance) {
    Instant expiry = term.expiry();
    return expiry == null ? creditsUntil(allowance) : clamped(expiry);
  }

  /// The last instant at which it was served: with grace and allowance for as long as the store meant to
  /// renew it (`entitlement.md` §6.1).
  Instant servedUntil(RenewalAllowance allowance) {
    Instant expiry = term.expiry();
    if (expiry == null) {
      return creditsUntil(allowance);
    }
    Instant full = allowance.coverageEnd(expiry, term.grace(), true);
    Instant meant = term.renewing() ? full : term.renewingSince();
    if (meant == null || meant.isBefore(expiry)) {
      return clamped(expiry);
    }
    return clamped(meant.isBefore(full) ? meant : full);
  }

  /// A credit that is left when it is taken back ran until then; one that stands runs for as long as the
  /// account is covered.
  private Instant creditsUntil(RenewalAllowance allowance) {
    if (loss.revokedAt() != null || term.credits() == null) {
      return clamped(Instant.MAX);
    }
    return term.credits().coverageEnd(allowance);
  }

  private Instant clamped(Instant end) {
    Instant revoked = loss.revokedAt();
    return revoked == null || revoked.isAfter(end) ? end : revoked.minus(1, ChronoUnit.MICROS);
  }

  private static boolean isAfter(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other);
  }
}
