package org.sessionpro.backend.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A statement that requests run all the time, without what JDBI does for each statement: to copy its
/// configuration, to look for how each argument is bound and to understand names, which together take
/// as long as a look-up by an index.
///
/// @param sql with a `?` for each argument; what it selects is named, never `*`
public record Lookup(String sql) {

  /// Makes a value of a row, whose columns it knows by their places from 1.
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// The first row.
  ///
  /// @param arguments a `Long`, an `Integer`, a `Boolean`, a `String`, octets or null each, in the order
  ///     of the marks
  public <T> Optional<T> first(Handle handle, RowReader<T> reader, @Nullable Object... arguments) {
    return run(
        handle, rows -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty(), arguments);
  }

  /// The value of a query that always has one row.
  public <T> T one(Handle handle, RowReader<T> reader, @Nullable Object... arguments) {
    return first(handle, reader, arguments).orElseThrow();
  }

  /// All rows.
  public <T> List<T> all(Handle handle, RowReader<T> reader, @Nullable Object... arguments) {
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

  /// Changes rows.
  ///
  /// @return how many
  public int change(Handle handle, @Nullable Object... arguments) {
    return with(handle, (_, statement) -> statement.executeUpdate(), arguments);
  }

  private <T> T run(Handle handle, RowReader<T> reader, @Nullable Object... arguments) {
    return with(
        handle,
        (statements, statement) -> {
          try (ResultSet rows = statements.rows(sql, statement)) {
            return reader.read(rows);
          }
        },
        arguments);
  }

  private interface Use<T> {
    T of(ReadyStatements statements, PreparedStatement statement) throws SQLException;
  }

  private <T> T with(Handle handle, Use<T> use, @Nullable Object... arguments) {
    try {
      ReadyStatements statements = (ReadyStatements) handle.getStatementBuilder();
      PreparedStatement statement = statements.ready(handle.getConnection(), sql);
      try {
        bind(statement, arguments);
        return use.of(statements, statement);
      } finally {
        statements.done(sql, statement);
      }
    } catch (SQLException failed) {
      throw new StatementFailed(failed);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Boolean flag -> statement.setBoolean(i + 1, flag);
        case String text -> statement.setString(i + 1, text);
        case byte[] octets -> statement.setBytes(i + 1, octets);
        case null -> statement.setNull(i + 1, Types.NULL);
        default -> throw new IllegalArgumentException("no argument of a look-up");
      }
    }
  }
}
