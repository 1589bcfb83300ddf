package org.sessionpro.backend.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Many rows for one table. Values go to the driver as they are: to look for the place and the type of
/// each parameter of each row, as JDBI does, costs more than to write the row.
final class PlainBatch implements ColumnValues {
  private final Handle handle;
  private final String insert;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private @Nullable Object[] row;

  /// @param columns that every row has
  /// @param conflict what is done about a row that is there already; empty for an error
  PlainBatch(Handle handle, String table, List<String> columns, String conflict) {
    this.handle = handle;
    for (String column : columns) {
      places.put(column, places.size());
    }
    this.insert =
        "INSERT INTO %s (%s) VALUES (%s) %s"
            .formatted(
                table,
                String.join(", ", columns),
                String.join(", ", Collections.nCopies(columns.size(), "?")),
                conflict);
    this.row = new Object[columns.size()];
  }

  /// In the row that is begun; what is not set is NULL.
  @Override
  public PlainBatch bind(String column, @Nullable Object value) {
    Integer place = places.get(column);
    if (place == null) {
      throw new IllegalArgumentException("there is no column " + column);
    }
    row[place] = value;
    return this;
  }

  /// Ends the row.
  void add() {
    rows.add(row);
    row = new Object[row.length];
  }

  /// As the database's own failures are told, so that it can begin anew.
  private static final class BatchFailed extends JdbiException {
    private static final long serialVersionUID = 1L;

    BatchFailed(SQLException cause) {
      super(cause);
    }
  }

  /// Writes all rows, and forgets them.
  void execute() {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(insert)) {
      int[] types = types();
      for (@Nullable Object[] one : rows) {
        for (int place = 0; place < one.length; place++) {
          Object value = one[place];
          if (value == null) {
            statement.setNull(place + 1, types[place]);
          } else {
            statement.setObject(place + 1, value);
          }
        }
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException failed) {
      throw new BatchFailed(failed);
    }
    rows.clear();
  }

  /// Of each column one type for all rows: PostgreSQL understands a statement anew whenever one changes.
  private int[] types() {
    int[] types = new int[row.length];
    Arrays.fill(types, Types.NULL);
    for (@Nullable Object[] one : rows) {
      for (int place = 0; place < one.length; place++) {
        Object value = one[place];
        if (value != null && types[place] == Types.NULL) {
          types[place] = type(value);
        }
      }
    }
    return types;
  }

  private static int type(Object value) {
    return switch (value) {
      case Long _ -> Types.BIGINT;
      case Integer _ -> Types.INTEGER;
      case Boolean _ -> Types.BOOLEAN;
      case byte[] _ -> Types.BINARY;
      default -> Types.VARCHAR;
    };
  }
}
