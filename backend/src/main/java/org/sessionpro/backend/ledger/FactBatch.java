package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.PlainBatch;

/// Facts that are appended together, about any number of subjects.
final class FactBatch {
  private static final PlainBatch.Target FACTS =
      new PlainBatch.Target(
          "facts",
          List.of("subject", "subject_id", "number", "kind", "happened_at", "learned_at", "body"),
          "");

  private final PlainBatch rows = FACTS.batch();
  private final Handle handle;
  private final long learnedAt;

  FactBatch(Handle handle, Instant learnedAt) {
    this.handle = handle;
    this.learnedAt = Micros.of(learnedAt);
  }

  /// @param present how many facts the subject has already
  void add(String subject, long subjectId, int present, List<WrittenFact> facts) {
    int number = present;
    for (WrittenFact fact : facts) {
      number++;
      rows.bind("subject", subject)
          .bind("subject_id", subjectId)
          .bind("number", number)
          .bind("kind", fact.kind())
          .bind("happened_at", Micros.of(fact.happenedAt()))
          .bind("learned_at", learnedAt)
          .bind("body", fact.body())
          .add();
    }
  }

  void execute() {
    rows.execute(handle);
  }
}
