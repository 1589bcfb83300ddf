package org.sessionpro.backend.takeover.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.protocol.ByteString;

/// A row whose values are checked one by one: SQLite's columns take values of any type.
final class SourceRow {
  private static final int KEY_SIZE = 32;

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

  /// An instant of a server; null for NULL.
  ///
  /// @throws SourceRefused if it is none, or further away than our own columns reach
  @Nullable Instant moment(String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    if (value == null) {
      return null;
    }
    if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
      throw new SourceRefused(
          "INSTANT_INFINITE: a value of the column %s of %s never comes".formatted(column, table));
    }
    Instant instant = value.toInstant();
    if (instant.isAfter(Micros.LATEST)) {
      throw refused(column, "is no instant");
    }
    return instant;
  }

  Instant requiredMoment(String column) throws SQLException {
    Instant value = moment(column);
    if (value == null) {
      throw refused(column, "is NULL");
    }
    return value;
  }

  /// How an interval is selected so that [#span] can read it: its months apart, for they have no length.
  static String selectedSpan(String expression, String column) {
    return """
    CAST(EXTRACT(YEAR FROM %1$s) * 12 + EXTRACT(MONTH FROM %1$s) AS BIGINT) AS %2$s_months,
    CAST(EXTRACT(DAY FROM %1$s) * 86400000000 + EXTRACT(HOUR FROM %1$s) * 3600000000
      + EXTRACT(MINUTE FROM %1$s) * 60000000 + EXTRACT(MICROSECONDS FROM %1$s) AS BIGINT)
      AS %2$s_micros
    """
        .formatted(expression, column);
  }

  /// An exact length; null for NULL.
  ///
  /// @throws SourceRefused if it has months
  @Nullable Duration span(String column) throws SQLException {
    long months = row.getLong(column + "_months");
    if (months != 0) {
      throw new SourceRefused(
          "INTERVAL_MONTHS: a value of the column %s of %s has no exact length"
              .formatted(column, table));
    }
    long micros = row.getLong(column + "_micros");
    return row.wasNull() ? null : Micros.toDuration(micros);
  }

  /// Whether a row of that table was joined.
  boolean isThere(String column) throws SQLException {
    row.getLong(column);
    return !row.wasNull();
  }

  SourceRefused unknown(String column) {
    return new SourceRefused(
        "UNKNOWN_CODE: the column %s of %s holds a code that is not known"
            .formatted(column, table));
  }

  /// 32 bytes.
  ByteString key(String column) throws SQLException {
    ByteString value = requiredBytes(column);
    if (value.size() != KEY_SIZE) {
      throw refused(column, "is not 32 bytes long");
    }
    return value;
  }

  private SourceRefused refused(String column, String problem) {
    return new SourceRefused("a value of the column %s of %s %s".formatted(column, table, problem));
  }
}
