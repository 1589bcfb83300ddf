package org.sessionpro.backend.db;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of one row, set by the names of its columns, as a [Lookup] takes them: in the order of its
/// marks. What is not set is NULL.
public final class RowValues implements ColumnValues {
  private final Places places;
  private final @Nullable Object[] values;

  private RowValues(Places places) {
    this.places = places;
    this.values = new Object[places.of.size()];
  }

  /// Which mark of a statement is which column.
  public static final class Places {
    private final Map<String, Integer> of = new HashMap<>();

    /// @param columns in the order of the marks
    public Places(List<String> columns) {
      columns.forEach(column -> of.put(column, of.size()));
    }

    /// A row of which nothing is set.
    public RowValues row() {
      return new RowValues(this);
    }
  }

  @Override
  public RowValues bind(String column, @Nullable Object value) {
    Integer place = places.of.get(column);
    if (place == null) {
      throw new IllegalArgumentException("there is no column " + column);
    }
    values[place] = value;
    return this;
  }

  /// The arguments of the statement.
  public @Nullable Object[] arguments() {
    return values;
  }
}
