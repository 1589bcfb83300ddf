package org.sessionpro.backend.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementBuilder;

/// Gives out the prepared statements of one connection, to JDBI and to each [Lookup].
interface ReadyStatements extends StatementBuilder {

  /// A statement that nobody else uses, until it is [#done].
  PreparedStatement ready(Connection connection, String sql) throws SQLException;

  /// Takes back what [#ready] gave for that text.
  void done(String sql, PreparedStatement statement) throws SQLException;
}
