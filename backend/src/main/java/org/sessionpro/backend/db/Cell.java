package org.sessionpro.backend.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.sessionpro.protocol.ByteString;

/// One stored value of any table. SQLite has no booleans of its own: there they are [Whole].
public sealed interface Cell {
  record Whole(long value) implements Cell {}

  record Flag(boolean value) implements Cell {}

  /// A text, or any other value in the words of its engine; may identify somebody.
  record Text(String value) implements Cell {
    @Override
    public String toString() {
      return "Text(" + value.length() + " characters)";
    }
  }

  record Bytes(ByteString value) implements Cell {}

  /// NULL.
  record Nothing() implements Cell {}

  /// The value in a column, counted from 1.
  static Cell read(ResultSet row, int column) throws SQLException {
    return switch (row.getObject(column)) {
      case null -> new Nothing();
      case Long value -> new Whole(value);
      case Integer value -> new Whole(value);
      case Boolean value -> new Flag(value);
      case byte[] value -> new Bytes(ByteString.of(value));
      case Object value -> new Text(value.toString());
    };
  }
}
