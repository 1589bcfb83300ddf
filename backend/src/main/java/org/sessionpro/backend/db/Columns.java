package org.sessionpro.backend.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// Reads the column types of our tables out of a row.
public final class Columns {
  private Columns() {}

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return Micros.toInstant(row.getLong(column));
  }

  public static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toInstant(micros);
  }

  public static @Nullable Duration nullableDuration(ResultSet row, String column)
      throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toDuration(micros);
  }

  public static ByteString bytes(ResultSet row, String column) throws SQLException {
    return ByteString.of(row.getBytes(column));
  }

  public static @Nullable ByteString nullableBytes(ResultSet row, String column)
      throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : ByteString.of(bytes);
  }

  /// The constant whose [#code(Enum)] stands in the column.
  public static <E extends Enum<E>> E code(Class<E> type, ResultSet row, String column)
      throws SQLException {
    return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
  }

  /// How a constant is written in a column: its name in lower case.
  public static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
