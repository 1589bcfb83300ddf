package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.ledger.AuditScan.Range;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;

/// Finds what has lost the row it belongs to: facts whose account or payment is gone, payments whose
/// account is.
final class Orphans {
  /// Subjects that one statement looks at: bounds how long it runs.
  private static final int BATCH = 2_000;

  /// A kind of row that belongs to another.
  ///
  /// @param table of the row that should be there
  /// @param ids the ids of the next rows behind `:after`, in order, at most `:limit`
  /// @param lost those of them, up to `:until`, whose other row is missing
  private record Bond(Category category, String table, String expected, String ids, String lost) {
    static Bond ofFacts(String subject, String table) {
      return new Bond(
          Category.FACTS,
          table,
          "what the facts are about",
          """
          SELECT DISTINCT subject_id AS id FROM facts
          WHERE subject = '%s' AND subject_id > :after ORDER BY subject_id LIMIT :limit
          """
              .formatted(subject),
          """
          SELECT DISTINCT subject_id AS id FROM facts f
          WHERE subject = '%s' AND subject_id > :after AND subject_id <= :until
            AND NOT EXISTS (SELECT 1 FROM %s r WHERE r.id = f.subject_id)
          ORDER BY subject_id
          """
              .formatted(subject, table));
    }
  }

  private static final List<Bond> BONDS =
      List.of(
          Bond.ofFacts("account", "accounts"),
          Bond.ofFacts("payment", "payments"),
          Bond.ofFacts("subscription", "subscription"),
          new Bond(
              Category.INVARIANT,
              "payments",
              "the account that owns the payment",
              "SELECT id FROM payments WHERE id > :after ORDER BY id LIMIT :limit",
              """
              SELECT id FROM payments p
              WHERE id > :after AND id <= :until AND account_id IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = p.account_id)
              ORDER BY id
              """));

  private final Database database;

  Orphans(Database database) {
    this.database = database;
  }

  /// Walks through all rows.
  void find(Consumer<Finding> findings) {
    BONDS.forEach(bond -> find(bond, findings));
  }

  private void find(Bond bond, Consumer<Finding> findings) {
    long after = 0;
    long last = last(bond, after);
    while (last > after) {
      Range range = new Range(after, last);
      for (long id : database.<List<Long>>read(handle -> lost(handle, bond, range))) {
        Subject subject = new Subject.OfRow(bond.table(), id);
        findings.accept(new Finding(bond.category(), subject, "row", "missing", bond.expected()));
      }
      after = last;
      last = last(bond, after);
    }
  }

  /// The last id of the next batch; 0 if there is none.
  private long last(Bond bond, long after) {
    return database.<Long>read(handle ->
        handle
            .createQuery("SELECT COALESCE(MAX(id), 0) FROM (" + bond.ids() + ") AS batch")
            .bind("after", after)
            .bind("limit", BATCH)
            .mapTo(Long.class)
            .one());
  }

  private static List<Long> lost(Handle handle, Bond bond, Range range) {
    return range.bind(handle.createQuery(bond.lost())).mapTo(Long.class).list();
  }
}
