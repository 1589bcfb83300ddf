package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.sessionpro.backend.db.Micros;

/// Facts that are appended together, about any number of subjects.
final class FactBatch {
  private final PreparedBatch rows;
  private final long learnedAt;

  FactBatch(Handle handle, Instant learnedAt) {
    this.learnedAt = Micros.of(learnedAt);
    this.rows =
        handle.prepareBatch(
            """
            INSERT INTO facts (subject, subject_id, number, kind, happened_at, learned_at, body)
            VALUES (:subject, :subjectId, :number, :kind, :happenedAt, :learnedAt, :body)
            """);
  }

  /// @param present how many facts the subject has already
  void add(String subject, long subjectId, int present, List<WrittenFact> facts) {
    int number = present;
    for (WrittenFact fact : facts) {
      number++;
      rows.bind("subject", subject)
          .bind("subjectId", subjectId)
          .bind("number", number)
          .bind("kind", fact.kind())
          .bind("happenedAt", Micros.of(fact.happenedAt()))
          .bind("learnedAt", learnedAt)
          .bind("body", fact.body())
          .add();
    }
  }

  void execute() {
    if (rows.size() > 0) {
      rows.execute();
    }
  }
}
