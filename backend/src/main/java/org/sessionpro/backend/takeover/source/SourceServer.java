package org.sessionpro.backend.takeover.source;

import org.sessionpro.backend.db.DatabaseView;

/// What is asked of a PostgreSQL server that has a source.
final class SourceServer {
  private SourceServer() {}

  /// Whether the user that reads may also write.
  static boolean mayWrite(DatabaseView view) {
    return view.<Boolean>read(handle ->
        handle
            .createQuery(
                """
                SELECT has_table_privilege('payments', 'INSERT')
                  OR has_table_privilege('users', 'UPDATE') AS may
                """)
            .map((row, _) -> row.getBoolean("may"))
            .one());
  }

  /// How many others are connected to the database.
  static int otherClients(DatabaseView view) {
    return view.<Integer>read(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                  AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                """)
            .mapTo(Integer.class)
            .one());
  }

  static long count(DatabaseView view, String table) {
    return view.<Long>read(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }
}
