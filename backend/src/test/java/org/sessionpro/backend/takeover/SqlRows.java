package org.sessionpro.backend.takeover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sessionpro.backend.takeover.PythonDatabase.Row;

/// Writes rows that name their columns, those of one table together.
final class SqlRows {
  private static final int BATCH = 1_000;

  private SqlRows() {}

  /// @param server whether it knows booleans
  static void insert(Connection connection, List<Row> rows, boolean server) {
    Map<String, List<Row>> byShape = new LinkedHashMap<>();
    for (Row row : rows) {
      byShape
          .computeIfAbsent(
              row.table() + " (" + String.join(", ", row.values().keySet()) + ")",
              _ -> new ArrayList<>())
          .add(row);
    }
    try {
      connection.setAutoCommit(false);
      for (Map.Entry<String, List<Row>> shape : byShape.entrySet()) {
        insert(connection, shape.getKey(), shape.getValue(), server);
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void insert(Connection connection, String shape, List<Row> rows, boolean server)
      throws SQLException {
    int columns = rows.getFirst().values().size();
    String sql =
        "INSERT INTO "
            + shape
            + " VALUES ("
            + String.join(", ", Collections.nCopies(columns, "?"))
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (Row row : rows) {
        int place = 1;
        for (Object value : row.values().values()) {
          statement.setObject(
              place++, !server && value instanceof Boolean flag ? (flag ? 1 : 0) : value);
        }
        statement.addBatch();
        waiting++;
        if (waiting % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }
}
