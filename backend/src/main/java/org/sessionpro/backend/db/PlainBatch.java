package org.sessionpro.backend.db;

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
import org.jspecify.annotations.Nullable;

/// Many rows for one table. Values go to the driver as they are: to look for the place and the type of
/// each parameter of each row, as JDBI does, costs more than to write the row.
///
/// Rows may be made by any thread, long before they are written.
public final class PlainBatch implements ColumnValues {
  private final Target target;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private @Nullable Object[] row;

  private PlainBatch(Target target) {
    this.target = target;
    this.row = new Object[target.places.size()];
  }

  /// Where rows go.
  public static final class Target {
    private final String insert;
    private final Map<String, Integer> places = new HashMap<>();

    /// @param columns that every row has
    /// @param conflict what is done about a row that is there already; empty for an error
    public Target(String table, List<String> columns, String conflict) {
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
    }

    /// A batch without rows.
    public PlainBatch batch() {
      return new PlainBatch(this);
    }
  }

  /// In the row that is begun; what is not set is NULL.
  @Override
  public PlainBatch bind(String column, @Nullable Object value) {
    Integer place = target.places.get(column);
    if (place == null) {
      throw new IllegalArgumentException("there is no column " + column);
    }
    row[place] = value;
    return this;
  }

  /// Ends the row.
  public void add() {
    rows.add(row);
    row = new Object[row.length];
  }

  /// Adds the rows of another batch for the same table.
  public void addAll(PlainBatch other) {
    if (other.target != target) {
      throw new IllegalArgumentException("these rows are for another table");
    }
    rows.addAll(other.rows);
  }

  /// Writes all rows. They stay, for a transaction may be tried again.
  public void execute(Handle handle) {
    if (rows.isEmpty()) {
      return;
    }
    ReadyStatements statements = (ReadyStatements) handle.getStatementBuilder();
    try {
      PreparedStatement statement = statements.ready(handle.getConnection(), target.insert);
      try {
        fill(statement);
        statement.executeBatch();
      } finally {
        statement.clearBatch();
        statements.done(target.insert, statement);
      }
    } catch (SQLException failed) {
      throw new StatementFailed(failed);
    }
  }

  private void fill(PreparedStatement statement) throws SQLException {
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
