package org.sessionpro.backend.takeover.source;

import org.sessionpro.backend.db.DatabaseView;

/// What is asked of a PostgreSQL server that has a source.
final class SourceServer {
  private SourceServer() {}

  /// Whether the user that reads may also write to any table, or column of one.
  static boolean mayWrite(DatabaseView view) {
    return view.<Boolean>read(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT 1 FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
                    AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                      OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))) AS may
                """)
            .map((row, _) -> row.getBoolean("may"))
            .one());
  }

  /// How many others are connected to the database. Of other users' connections PostgreSQL shows what
  /// they are to few; what works for the server itself is nobody's.
  static int otherClients(DatabaseView view) {
    return view.<Integer>read(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                  AND pid <> pg_backend_pid()
                  AND (backend_type = 'client backend'
                    OR (backend_type IS NULL AND usesysid IS NOT NULL))
                """)
            .mapTo(Integer.class)
            .one());
  }

  static long count(DatabaseView view, String table) {
    return view.<Long>read(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }
}
