package org.sessionpro.backend.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementBuilder;

/// Gives out the prepared statements of one connection, to JDBI and to each [Lookup].
interface ReadyStatements extends StatementBuilder {

  /// A statement that nobody else uses, until it is [#done].
  PreparedStatement ready(Connection connection, String sql) throws SQLException;

  /// Runs a statement that was [#ready] for that text and has rows, which are read by the places of their
  /// columns.
  ResultSet rows(String sql, PreparedStatement statement) throws SQLException;

  /// Takes back what [#ready] gave for that text.
  void done(String sql, PreparedStatement statement) throws SQLException;

  /// Runs a statement that has neither arguments nor a result.
  ///
  /// @throws StatementFailed if that is impossible
  static void execute(Handle handle, String sql) {
    ReadyStatements statements = (ReadyStatements) handle.getStatementBuilder();
    try {
      PreparedStatement statement = statements.ready(handle.getConnection(), sql);
      try {
        statement.execute();
      } finally {
        statements.done(sql, statement);
      }
    } catch (SQLException failed) {
      throw new StatementFailed(failed);
    }
  }
}
