package org.sessionpro.backend.db;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Takes every row out of tables, those that are append only included. For a ledger that never served
/// anybody: what it holds is somebody else's, and can be had again.
public final class Emptying {
  private Emptying() {}

  /// Empties tables, in an order in which no row is left without what it refers to.
  ///
  /// @param tables names of ours
  public static void run(Handle handle, Dialect dialect, List<String> tables) {
    switch (dialect) {
      case SQLITE -> {
        List<Trigger> guards = triggers(handle);
        guards.forEach(guard -> handle.execute("DROP TRIGGER " + Catalog.quoted(guard.name())));
        tables.forEach(table -> handle.execute("DELETE FROM " + Catalog.quoted(table)));
        guards.forEach(guard -> handle.execute(guard.sql()));
      }
      // Looks at no row, so that no trigger of rows is asked.
      case POSTGRESQL ->
          handle.execute(
              "TRUNCATE " + String.join(", ", tables.stream().map(Catalog::quoted).toList()));
    }
  }

  private record Trigger(String name, String sql) {}

  private static List<Trigger> triggers(Handle handle) {
    return handle
        .createQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .map((row, _) -> new Trigger(row.getString("name"), row.getString("sql")))
        .list();
  }
}
