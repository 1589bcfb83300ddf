package org.sessionpro.backend.db;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// The statements of a connection, of which those of each [Lookup] are shown once they have run.
public final class ObservedLookups implements ReadyStatements {
  private final ReadyStatements real;
  private final BiConsumer<String, PreparedStatement> observer;

  private ObservedLookups(ReadyStatements real, BiConsumer<String, PreparedStatement> observer) {
    this.real = real;
    this.observer = observer;
  }

  /// Shows from now on what runs on `handle`.
  public static void of(Handle handle, BiConsumer<String, PreparedStatement> observer) {
    ReadyStatements statements = (ReadyStatements) handle.getStatementBuilder();
    handle.setStatementBuilder(
        new ObservedLookups(
            statements instanceof ObservedLookups it ? it.real : statements, observer));
  }

  @Override
  public PreparedStatement ready(Connection connection, String sql) throws SQLException {
    return real.ready(connection, sql);
  }

  @Override
  public ResultSet rows(String sql, PreparedStatement statement) throws SQLException {
    return real.rows(sql, statement);
  }

  @Override
  public void done(String sql, PreparedStatement statement) throws SQLException {
    observer.accept(sql, statement);
    real.done(sql, statement);
  }

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return real.create(connection, context);
  }

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return real.create(connection, sql, context);
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return real.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    real.close(connection, sql, statement);
  }

  @Override
  public void close(Connection connection) {
    real.close(connection);
  }
}
