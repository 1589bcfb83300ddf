package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.ledger.ImportRun.State;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;

/// The `import_run` table, which has one row at most, and what is kept beside it.
final class ImportRunTable {
  private static final Lookup FIND =
      new Lookup(
          "SELECT run, generation, taken_at, fingerprint, options, state, progress FROM import_run");

  private ImportRunTable() {}

  static Optional<ImportRun> find(Handle handle) {
    return FIND.first(
        handle,
        row ->
            new ImportRun(
                row.getString("run"),
                Columns.code(ImportRun.Generation.class, row, "generation"),
                Columns.instant(row, "taken_at"),
                row.getString("fingerprint"),
                row.getString("options"),
                Columns.code(State.class, row, "state"),
                row.getString("progress")));
  }

  static void insert(Handle handle, ImportRun run) {
    handle
        .createUpdate(
            """
            INSERT INTO import_run (id, run, generation, taken_at, fingerprint, options, state, progress)
            VALUES (1, :run, :generation, :takenAt, :fingerprint, :options, :state, :progress)
            """)
        .bind("run", run.id())
        .bind("generation", Columns.code(run.generation()))
        .bind("takenAt", Micros.of(run.takenAt()))
        .bind("fingerprint", run.fingerprint())
        .bind("options", run.options())
        .bind("state", Columns.code(run.state()))
        .bind("progress", run.progress())
        .execute();
  }

  /// Notes how far a run is.
  ///
  /// @return whether it was where it should have been
  static boolean progress(Handle handle, String from, String to) {
    return handle
            .createUpdate(
                "UPDATE import_run SET progress = :to WHERE progress = :from AND state = 'loading'")
            .bind("from", from)
            .bind("to", to)
            .execute()
        == 1;
  }

  static void move(Handle handle, State to) {
    handle
        .createUpdate("UPDATE import_run SET state = :state")
        .bind("state", Columns.code(to))
        .execute();
  }

  static void keep(Handle handle, List<Quarantined> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch insert =
        handle.prepareBatch(
            """
            INSERT INTO import_quarantine (source_table, source_id, code, content)
            VALUES (:table, :id, :code, :content)
            """);
    for (Quarantined row : rows) {
      insert
          .bind("table", row.table())
          .bind("id", row.id())
          .bind("code", row.code())
          .bind("content", row.content())
          .add();
    }
    insert.execute();
  }
}
