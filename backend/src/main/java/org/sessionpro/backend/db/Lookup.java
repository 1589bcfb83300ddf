package org.sessionpro.backend.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A query that requests make all the time, run without what JDBI does for each statement: to copy its
/// configuration, to look for how each argument is bound and to understand names, which together take
/// as long as a look-up by an index.
///
/// @param sql with a `?` for each argument
public record Lookup(String sql) {

  /// Makes a value of a row, whose columns it knows by their places from 1.
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// The first row.
  ///
  /// @param arguments a `Long`, an `Integer`, a `String` or octets each, in the order of the marks
  public <T> Optional<T> first(Handle handle, RowReader<T> reader, Object... arguments) {
    return run(
        handle, rows -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty(), arguments);
  }

  /// The value of a query that always has one row.
  public <T> T one(Handle handle, RowReader<T> reader, Object... arguments) {
    return first(handle, reader, arguments).orElseThrow();
  }

  /// All rows.
  public <T> List<T> all(Handle handle, RowReader<T> reader, Object... arguments) {
    return run(
        handle,
        rows -> {
          List<T> all = new ArrayList<>();
          while (rows.next()) {
            all.add(reader.read(rows));
          }
          return all;
        },
        arguments);
  }

  private <T> T run(Handle handle, RowReader<T> reader, Object... arguments) {
    try {
      ReadyStatements statements = (ReadyStatements) handle.getStatementBuilder();
      PreparedStatement statement = statements.ready(handle.getConnection(), sql);
      try {
        bind(statement, arguments);
        try (ResultSet rows = statement.executeQuery()) {
          return reader.read(rows);
        }
      } finally {
        statements.done(sql, statement);
      }
    } catch (SQLException failed) {
      throw new StatementFailed(failed);
    }
  }

  private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        case byte[] octets -> statement.setBytes(i + 1, octets);
        default -> throw new IllegalArgumentException("no argument of a look-up");
      }
    }
  }
}
