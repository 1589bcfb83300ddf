package org.sessionpro.backend.takeover.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// A row whose values are checked one by one: SQLite's columns take values of any type.
final class SourceRow {
  private final String table;
  private final ResultSet row;

  SourceRow(String table, ResultSet row) {
    this.table = table;
    this.row = row;
  }

  long integer(String column) throws SQLException {
    Long value = nullableInteger(column);
    if (value == null) {
      throw refused(column, "is NULL");
    }
    return value;
  }

  /// 0 for NULL, which means the same in columns of instants and lengths.
  long integerOrZero(String column) throws SQLException {
    Long value = nullableInteger(column);
    return value == null ? 0 : value;
  }

  private @Nullable Long nullableInteger(String column) throws SQLException {
    return switch (row.getObject(column)) {
      case null -> null;
      case Integer value -> (long) value;
      case Long value -> value;
      case Object _ -> throw refused(column, "is no integer");
    };
  }

  /// An instant or a length in milliseconds, 0 for NULL.
  ///
  /// @throws SourceRefused if it is negative, or further away than our own columns reach
  long millis(String column) throws SQLException {
    long value = integerOrZero(column);
    if (value < 0 || value > Long.MAX_VALUE / 1_000) {
      throw refused(column, "is no instant");
    }
    return value;
  }

  /// A boolean; 0 or 1 in SQLite.
  boolean flag(String column) throws SQLException {
    return switch (row.getObject(column)) {
      case Boolean value -> value;
      case Integer value when value == 0 || value == 1 -> value == 1;
      case Long value when value == 0 || value == 1 -> value == 1;
      case null, default -> throw refused(column, "is neither true nor false");
    };
  }

  /// A text, empty for NULL. Files that were migrated may hold what looks like a number as one.
  String text(String column) throws SQLException {
    return switch (row.getObject(column)) {
      case null -> "";
      case String value -> value;
      case Integer value -> value.toString();
      case Long value -> value.toString();
      case Object _ -> throw refused(column, "is no text");
    };
  }

  @Nullable ByteString bytes(String column) throws SQLException {
    return switch (row.getObject(column)) {
      case null -> null;
      case byte[] value -> ByteString.of(value);
      case Object _ -> throw refused(column, "is not bytes");
    };
  }

  ByteString requiredBytes(String column) throws SQLException {
    ByteString value = bytes(column);
    if (value == null) {
      throw refused(column, "is NULL");
    }
    return value;
  }

  private SourceRefused refused(String column, String problem) {
    return new SourceRefused("a value of the column %s of %s %s".formatted(column, table, problem));
  }
}
