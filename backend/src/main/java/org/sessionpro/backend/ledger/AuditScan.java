package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.entitlement.Generation;
import org.sessionpro.protocol.MasterKey;

/// Reads accounts and unclaimed payments for a check, a batch at a time and in the order of their
/// ids, so that memory does not grow with the ledger. Nothing that is damaged stops it.
final class AuditScan {
  static final String OWNED = "p.account_id > :after AND p.account_id <= :until";
  static final String UNCLAIMED = "p.account_id IS NULL AND p.id > :after AND p.id <= :until";

  private AuditScan() {}

  /// Ids above `after`, up to `until`.
  record Range(long after, long until) {
    /// Every id that there can be.
    static final Range ALL = new Range(0, Long.MAX_VALUE);

    Query bind(Query query) {
      return query.bind("after", after).bind("until", until);
    }
  }

  /// A payment as its row holds it.
  ///
  /// @param account the owner's id; 0 if there is none
  record ScannedPayment(long id, long account, Reading<PaymentRow> row, List<FactRow> facts) {}

  /// An account as its rows hold it.
  ///
  /// @param ordinalInUse the generation that the account names
  /// @param row null if that generation cannot be read or does not exist
  record ScannedAccount(
      long id,
      Reading<MasterKey> key,
      int ordinalInUse,
      @Nullable Reading<AccountRow> row,
      List<Reading<Generation>> generations,
      List<FactRow> facts,
      List<ScannedPayment> payments) {}

  /// A subscription as its row holds it.
  record ScannedSubscription(long id, Reading<SubscriptionRow> row, List<FactRow> facts) {}

  /// The ids of the next subscriptions of a range.
  static List<Long> subscriptionIds(Handle handle, Range range, int limit) {
    return ids(
        handle,
        range,
        "SELECT id FROM subscription WHERE id > :after AND id <= :until ORDER BY id LIMIT :limit",
        limit);
  }

  /// Every subscription of a range.
  static List<ScannedSubscription> subscriptions(Handle handle, Range range) {
    Map<Long, List<FactRow>> facts =
        grouped(facts(handle, range, "subscription"), FactRow::subjectId);
    return range
        .bind(
            handle.createQuery(
                "SELECT "
                    + SubscriptionTable.COLUMNS
                    + " FROM subscription WHERE id > :after AND id <= :until ORDER BY id"))
        .map((row, _) -> {
          long id = row.getLong("id");
          return new ScannedSubscription(
              id, Reading.of(() -> SubscriptionTable.read(row)), facts.getOrDefault(id, List.of()));
        })
        .list();
  }

  /// The ids of the next accounts of a range.
  static List<Long> accountIds(Handle handle, Range range, int limit) {
    return ids(
        handle,
        range,
        "SELECT id FROM accounts WHERE id > :after AND id <= :until ORDER BY id LIMIT :limit",
        limit);
  }

  /// The ids of the next payments of a range that have no owner.
  static List<Long> unclaimedIds(Handle handle, Range range, int limit) {
    return ids(
        handle,
        range,
        """
        SELECT id FROM payments
        WHERE account_id IS NULL AND id > :after AND id <= :until ORDER BY id LIMIT :limit
        """,
        limit);
  }

  private static List<Long> ids(Handle handle, Range range, String select, int limit) {
    return range.bind(handle.createQuery(select)).bind("limit", limit).mapTo(Long.class).list();
  }

  /// The newest payment's id; 0 if there is none.
  static long lastPayment(Handle handle) {
    return handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM payments").mapTo(Long.class).one();
  }

  /// How many accounts and payments without owner there are.
  static long subjects(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT (SELECT count(*) FROM accounts)
              + (SELECT count(*) FROM payments WHERE account_id IS NULL)
            """)
        .mapTo(Long.class)
        .one();
  }

  /// Every account of a range, with all that belongs to it.
  static List<ScannedAccount> accounts(Handle handle, Range range) {
    Map<Long, List<GenerationRow>> generations =
        grouped(generations(handle, range), GenerationRow::account);
    Map<Long, List<FactRow>> facts = grouped(facts(handle, range, "account"), FactRow::subjectId);
    Map<Long, List<ScannedPayment>> payments =
        grouped(payments(handle, range, OWNED), ScannedPayment::account);
    return range
        .bind(
            handle.createQuery(
                "SELECT "
                    + AccountTable.COLUMNS
                    + ", a.master_key, a.generation FROM accounts a"
                    + " WHERE a.id > :after AND a.id <= :until ORDER BY a.id"))
        .map((row, _) -> {
          long id = row.getLong("id");
          List<GenerationRow> own = generations.getOrDefault(id, List.of());
          int inUse = row.getInt("generation");
          return new ScannedAccount(
              id,
              Reading.of(() -> new MasterKey(Columns.bytes(row, "master_key"))),
              inUse,
              row(row, own, inUse),
              own.stream().map(GenerationRow::generation).toList(),
              facts.getOrDefault(id, List.of()),
              payments.getOrDefault(id, List.of()));
        })
        .list();
  }

  private static @Nullable Reading<AccountRow> row(
      ResultSet row, List<GenerationRow> generations, int inUse) throws SQLException {
    for (GenerationRow one : generations) {
      if (one.generation() instanceof Reading.Sound<Generation>(Generation sound)
          && sound.ordinal() == inUse) {
        return Reading.of(() -> AccountTable.read(row, sound));
      }
    }
    return null;
  }

  /// Every unclaimed payment of a range.
  static List<ScannedPayment> unclaimed(Handle handle, Range range) {
    return payments(handle, range, UNCLAIMED);
  }

  private static List<ScannedPayment> payments(Handle handle, Range range, String which) {
    Map<Long, List<FactRow>> facts =
        grouped(
            range
                .bind(handle.createQuery(factsOf(which)))
                .map((row, _) -> FactRow.read(row))
                .list(),
            FactRow::subjectId);
    return range
        .bind(
            handle.createQuery(
                "SELECT "
                    + PaymentRows.COLUMNS
                    + " FROM payments p WHERE "
                    + which
                    + " ORDER BY p.id"))
        .map((row, _) -> {
          long id = row.getLong("id");
          return new ScannedPayment(
              id,
              row.getLong("account_id"),
              Reading.of(() -> PaymentRows.read(row)),
              facts.getOrDefault(id, List.of()));
        })
        .list();
  }

  /// The facts of some payments. A cross join tells SQLite to begin with the payments: it would
  /// otherwise go through all facts, which come in the order that is wanted.
  static String factsOf(String payments) {
    return "SELECT "
        + FactRow.COLUMNS
        + " FROM payments p CROSS JOIN facts f WHERE "
        + payments
        + " AND f.subject = 'payment' AND f.subject_id = p.id ORDER BY f.subject_id, f.number";
  }

  private record GenerationRow(long account, Reading<Generation> generation) {}

  private static List<GenerationRow> generations(Handle handle, Range range) {
    return range
        .bind(
            handle.createQuery(
                "SELECT g.account_id, "
                    + AccountTable.GENERATION_COLUMNS
                    + """
                     FROM generations g WHERE g.account_id > :after AND g.account_id <= :until
                    ORDER BY g.account_id, g.ordinal
                    """))
        .map((row, _) ->
            new GenerationRow(
                row.getLong("account_id"), Reading.of(() -> AccountTable.readGeneration(row, 2))))
        .list();
  }

  private static List<FactRow> facts(Handle handle, Range range, String subject) {
    return range
        .bind(
            handle.createQuery(
                "SELECT "
                    + FactRow.COLUMNS
                    + """
                     FROM facts f
                    WHERE f.subject = :subject AND f.subject_id > :after AND f.subject_id <= :until
                    ORDER BY f.subject_id, f.number
                    """))
        .bind("subject", subject)
        .map((row, _) -> FactRow.read(row))
        .list();
  }

  private static <T> Map<Long, List<T>> grouped(List<T> rows, Function<T, Long> subject) {
    return rows.stream().collect(Collectors.groupingBy(subject));
  }
}
