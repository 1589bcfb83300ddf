package org.sessionpro.backend.db;

import org.jspecify.annotations.Nullable;

/// Takes the values of a row, whether of one statement or of many rows at once.
@FunctionalInterface
public interface ColumnValues {
  /// Sets the value of a column.
  ///
  /// @return itself
  ColumnValues bind(String column, @Nullable Object value);
}
