package org.sessionpro.backend.db;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/// Keeps the statements of one connection prepared, which SQLite's driver does not do by itself: to
/// prepare one costs more than to run it. Of equal statements that are in use at the same time one
/// is kept. Used by one thread at a time, like its connection.
final class KeptStatements implements StatementBuilder {
  /// More than the service has; the least recently used ones are closed.
  private static final int MOST = 256;

  private final StatementBuilder fresh = new DefaultStatementBuilder();
  private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept != null ? kept : fresh.create(connection, sql, context);
  }

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return fresh.create(connection, context);
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return fresh.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    if (statement instanceof PreparedStatement prepared && !idle.containsKey(sql)) {
      prepared.clearParameters();
      idle.put(sql, prepared);
      closeEldest();
    } else {
      fresh.close(connection, sql, statement);
    }
  }

  private void closeEldest() throws SQLException {
    Map.Entry<String, PreparedStatement> eldest = idle.size() > MOST ? idle.pollFirstEntry() : null;
    if (eldest != null) {
      eldest.getValue().close();
    }
  }

  /// The driver closes the statements with their connection.
  @Override
  public void close(Connection connection) {
    idle.clear();
  }
}
