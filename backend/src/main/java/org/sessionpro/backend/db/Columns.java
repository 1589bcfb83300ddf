package org.sessionpro.backend.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// Reads the column types of our tables out of a row. A place is a column's number in the list that was
/// selected, from 1: SQLite's driver looks for a name among all columns, and asks for their names anew in
/// each result.
public final class Columns {
  private Columns() {}

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return instant(row, row.findColumn(column));
  }

  public static Instant instant(ResultSet row, int place) throws SQLException {
    return Micros.toInstant(row.getLong(place));
  }

  public static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    return nullableInstant(row, row.findColumn(column));
  }

  public static @Nullable Instant nullableInstant(ResultSet row, int place) throws SQLException {
    long micros = row.getLong(place);
    return isNull(row, micros) ? null : Micros.toInstant(micros);
  }

  public static @Nullable Duration nullableDuration(ResultSet row, String column)
      throws SQLException {
    return nullableDuration(row, row.findColumn(column));
  }

  public static @Nullable Duration nullableDuration(ResultSet row, int place) throws SQLException {
    long micros = row.getLong(place);
    return isNull(row, micros) ? null : Micros.toDuration(micros);
  }

  /// NULL is read as zero, and any other number is none: then SQLite need not be asked once more.
  private static boolean isNull(ResultSet row, long number) throws SQLException {
    return number == 0 && row.wasNull();
  }

  public static ByteString bytes(ResultSet row, String column) throws SQLException {
    return ByteString.of(row.getBytes(column));
  }

  public static @Nullable ByteString nullableBytes(ResultSet row, int place) throws SQLException {
    byte[] bytes = row.getBytes(place);
    return bytes == null ? null : ByteString.of(bytes);
  }

  /// The constant whose [#code(Enum)] stands in the column.
  public static <E extends Enum<E>> E code(Class<E> type, ResultSet row, String column)
      throws SQLException {
    return code(type, row, row.findColumn(column));
  }

  /// The constant whose [#code(Enum)] stands in the column.
  public static <E extends Enum<E>> E code(Class<E> type, ResultSet row, int place)
      throws SQLException {
    return Enum.valueOf(type, row.getString(place).toUpperCase(Locale.ROOT));
  }

  /// How a constant is written in a column: its name in lower case.
  public static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
