package org.sessionpro.backend.db;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Takes the values of a row, whether of one statement or of many rows at once.
@FunctionalInterface
public interface ColumnValues {
  /// Sets the value of a column.
  ///
  /// @return itself
  ColumnValues bind(String column, @Nullable Object value);

  /// Of a statement whose parameters have the names of their columns.
  static ColumnValues of(SqlStatement<?> statement) {
    return new ColumnValues() {
      @Override
      public ColumnValues bind(String column, @Nullable Object value) {
        statement.bind(column, value);
        return this;
      }
    };
  }
}
