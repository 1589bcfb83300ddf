package org.sessionpro.backend.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.RenewalAllowance;

/// Takes a census: one pass over the payments that touch the periods, account by account, and one over
/// the facts that say when a store could not charge. Needs the same memory for every size of ledger.
final class CensusTaker {
  /// Rows that PostgreSQL sends at a time.
  private static final int FETCH_SIZE = 1_000;

  /// Payments whose facts are read together.
  private static final long BATCH = 100_000;

  /// How much of the time the facts take.
  private static final double FACTS_SHARE = 0.4;

  private final Handle handle;
  private final Periods periods;
  private final RenewalAllowance allowance;
  private final Census.Observer observer;
  private final List<Instant> moments;
  private final Map<Figure, long[]> counts = new EnumMap<>(Figure.class);
  private final Map<Figure, BitSet> active = new EnumMap<>(Figure.class);
  private final BitSet served = new BitSet();

  /// @param handle sees one state of the database throughout
  CensusTaker(
      Handle handle, Periods periods, RenewalAllowance allowance, Census.Observer observer) {
    this.handle = handle;
    this.periods = periods;
    this.allowance = allowance;
    this.observer = observer;
    this.moments = periods.moments();
  }

  Census take() {
    countRetries();
    countPayments();
    observer.progress(1);
    return new Census(counts);
  }

  private void countRetries() {
    long last = AuditScan.lastPayment(handle);
    for (long after = 0; after < last; after += BATCH) {
      countRetries(after, after + BATCH);
      observer.progress(FACTS_SHARE * Math.min(1, (double) (after + BATCH) / last));
    }
  }

  private void countRetries(long after, long until) {
    handle
        .createQuery(
            """
            SELECT MIN(f.happened_at) AS first_said_at
            FROM facts f JOIN payments p ON p.id = f.subject_id
            WHERE f.subject = 'payment' AND f.subject_id > :after AND f.subject_id <= :until
              AND f.kind = 'terms_stated' AND f.body LIKE :retrying AND p.hidden = FALSE
            GROUP BY f.subject_id
            """)
        .bind("after", after)
        .bind("until", until)
        .bind("retrying", "%" + PaymentFactCodec.RETRYING + "%")
        .map((row, _) -> Columns.instant(row, "first_said_at"))
        .forEach(at -> count(Figure.BILLING_RETRY, at));
  }

  /// By account, with a sort: along its index SQLite would read the whole table in random order.
  private void countPayments() {
    Instant since = moments.getFirst();
    Duration least = allowance.length();
    long[] account = {0};
    handle
        .createQuery(
            "SELECT "
                + CensusRow.COLUMNS
                + """
                FROM payments p
                LEFT JOIN accounts a
                  ON a.id = CASE WHEN p.credit_remaining > 0 THEN p.account_id END
                WHERE p.expiry_at IS NULL
                  OR p.expiry_at >= :ended - COALESCE(p.grace_period, 0)
                  OR p.purchased_at >= :since OR p.revoked_at >= :since
                  OR p.voided_at >= :since OR p.refund_requested_at >= :since
                ORDER BY +p.account_id
                """)
        .bind("since", Micros.of(since))
        .bind("ended", Micros.of(since.minus(least)))
        .setFetchSize(FETCH_SIZE)
        .map((row, _) -> CensusRow.read(row))
        .forEach(row -> {
          if (row.account() != account[0]) {
            countAccount();
            account[0] = row.account();
            // Ids are drawn at random from the whole range.
            observer.progress(
                FACTS_SHARE + (1 - FACTS_SHARE) * row.account() / (double) Long.MAX_VALUE);
          }
          look(row);
        });
    countAccount();
  }

  private void look(CensusRow row) {
    if (!row.hidden()) {
      countPayment(row);
    }
    if (row.isOwned()) {
      Instant from = row.sale().at();
      Instant paid = row.paidUntil(allowance);
      for (Figure figure :
          List.of(
              Figure.ACTIVE_USERS,
              Figure.active(row.sale().provider()),
              Figure.active(row.sale().plan()))) {
        mark(active.computeIfAbsent(figure, _ -> new BitSet()), from, paid);
      }
      mark(served, from, row.servedUntil(allowance));
      if (row.sale().first()) {
        count(Figure.NEW_SUBSCRIBERS, from);
      }
    }
  }

  private void countPayment(CensusRow row) {
    Instant bought = row.sale().at();
    count(Figure.NEW_SUBS, bought);
    count(Figure.sold(row.sale().provider()), bought);
    count(Figure.sold(row.sale().plan()), bought);
    if (row.sale().renewal()) {
      count(Figure.RENEWALS, bought);
    }
    if (row.isStanding() && !row.isOwned()) {
      count(Figure.UNREDEEMED, bought);
    }
    if (row.isStanding() && row.term().ending()) {
      count(Figure.CANCELLING, row.term().expiry());
    }
    count(Figure.REFUNDS_INITIATED, row.loss().refundRequestedAt());
    count(Figure.REVOKED, row.loss().revokedAt());
    count(Figure.REFUNDED, row.refundedAt());
    count(Figure.ENTERED_GRACE, row.graceBegan(periods.now()));
  }

  /// Adds one to the period of an instant, if there is one.
  private void count(Figure figure, @Nullable Instant at) {
    int period = at == null ? -1 : periods.indexOf(at);
    if (period >= 0) {
      count(figure, period);
    }
  }

  private void count(Figure figure, int period) {
    counts.computeIfAbsent(figure, _ -> new long[periods.size()])[period]++;
  }

  /// Marks the moments from one instant to another, both included.
  private void mark(BitSet marks, Instant from, Instant until) {
    int first = place(from);
    int end = Collections.binarySearch(moments, until);
    int afterLast = end >= 0 ? end + 1 : -end - 1;
    if (first < afterLast) {
      marks.set(first, afterLast);
    }
  }

  /// The first moment that is not before an instant.
  private int place(Instant instant) {
    int place = Collections.binarySearch(moments, instant);
    return place >= 0 ? place : -place - 1;
  }

  /// Counts the account whose payments were looked at last, and forgets it. Whoever is served until a
  /// moment to come may still be renewed, and has not left.
  private void countAccount() {
    for (int period = 0; period < periods.size(); period++) {
      boolean seen = !moments.get(period + 1).isAfter(periods.now());
      if (seen && served.get(period) && !served.get(period + 1)) {
        count(Figure.CHURNED, period);
      }
    }
    active.forEach((figure, marks) -> {
      marks.stream().filter(moment -> moment > 0).forEach(moment -> count(figure, moment - 1));
      marks.clear();
    });
    served.clear();
  }
}
