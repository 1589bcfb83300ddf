package org.sessionpro.backend.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;

/// Leaves it to the driver to remember what it prepared, as PostgreSQL's does.
final class FreshStatements extends DefaultStatementBuilder implements ReadyStatements {

  @Override
  public PreparedStatement ready(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  @Override
  public ResultSet rows(String sql, PreparedStatement statement) throws SQLException {
    return statement.executeQuery();
  }

  @Override
  public void done(String sql, PreparedStatement statement) throws SQLException {
    statement.close();
  }
}
