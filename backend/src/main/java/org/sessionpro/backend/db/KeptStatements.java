package org.sessionpro.backend.db;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.core.CoreResultSet;
import org.sqlite.core.CoreStatement;

/// Keeps the statements of one connection prepared, which SQLite's driver does not do by itself: to
/// prepare one costs more than to run it. Of equal statements that are in use at the same time one
/// is kept. Arguments stay until the next use gives all of them anew: to clear them makes SQLite prepare
/// the statement again. Used by one thread at a time, like its connection.
final class KeptStatements implements ReadyStatements {
  /// More than the service has; the least recently used ones are closed.
  private static final int MOST = 256;

  private final StatementBuilder fresh = new DefaultStatementBuilder();
  private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>();

  /// The columns of each text whose rows were asked for: one of the few that the program has, each of which
  /// names its columns, so that they stay when a table gets another one.
  private final Map<String, String[]> columns = new HashMap<>();

  /// Those in use with the text that they were prepared from; [#close] is told the text as it was
  /// before its parameters were understood.
  private final IdentityHashMap<Statement, String> busy = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement statement = kept != null ? kept : fresh.create(connection, sql, context);
    busy.put(statement, sql);
    return statement;
  }

  @Override
  public PreparedStatement ready(Connection connection, String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept != null ? kept : connection.prepareStatement(sql);
  }

  /// Tells the driver how the columns are called, which else it asks SQLite anew with each result, column
  /// by column. A statement of this driver has one result, which describes itself too, and forgets the
  /// names when it is closed.
  @Override
  public ResultSet rows(String sql, PreparedStatement statement) throws SQLException {
    if (!statement.execute()) {
      throw new SQLException("the statement has no rows");
    }
    CoreResultSet result = (CoreResultSet) statement.getMetaData();
    result.colsMeta = columns.get(sql);
    ResultSet rows = statement.getResultSet();
    columns.putIfAbsent(sql, result.colsMeta);
    return rows;
  }

  @Override
  public void done(String sql, PreparedStatement statement) throws SQLException {
    keepOrClose(sql, statement);
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
    String text = busy.remove(statement);
    if (text != null && statement instanceof PreparedStatement prepared) {
      keepOrClose(text, prepared);
    } else {
      fresh.close(connection, sql, statement);
    }
  }

  private void keepOrClose(String text, PreparedStatement statement) throws SQLException {
    if (isUsable(statement) && !idle.containsKey(text)) {
      idle.put(text, statement);
      closeEldest();
    } else {
      statement.close();
    }
  }

  /// The driver gives a statement up within itself, and does not say so, when running it failed for
  /// more than a broken rule.
  private static boolean isUsable(PreparedStatement statement) {
    return statement instanceof CoreStatement driver && !driver.pointer.isClosed();
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
    busy.clear();
  }
}
