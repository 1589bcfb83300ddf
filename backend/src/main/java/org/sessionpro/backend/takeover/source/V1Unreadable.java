package org.sessionpro.backend.takeover.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// How many values of a database of summer 2026 cannot be understood (`import-python.md` §3).
///
/// @param months lengths without an exact span
/// @param infinite instants that never come
/// @param codes of closed sets, not known
public record V1Unreadable(long months, long infinite, long codes) {
  private static final String UNKNOWN_CODES =
      """
      SELECT count(*) FROM payments WHERE plan NOT IN ('1m', '3m', '1y')
        OR payment_provider NOT IN ('google_play', 'app_store', 'stf')
      """;

  static V1Unreadable of(Handle handle, List<String> tables) {
    return new V1Unreadable(
        count(
            handle,
            tables,
            "interval",
            "EXTRACT(YEAR FROM %1$s) * 12 + EXTRACT(MONTH FROM %1$s) <> 0"),
        count(handle, tables, "timestamp with time zone", "NOT isfinite(%s)"),
        handle.createQuery(UNKNOWN_CODES).mapTo(Long.class).one());
  }

  /// How many values of a type there are of which a condition holds.
  private static long count(Handle handle, List<String> tables, String type, String condition) {
    Map<String, List<String>> columns = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND data_type = :type
            """)
        .bind("type", type)
        .map((row, _) -> Map.entry(row.getString("table_name"), row.getString("column_name")))
        .forEach(one ->
            columns.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    columns.keySet().retainAll(tables);
    long count = 0;
    for (Map.Entry<String, List<String>> table : columns.entrySet()) {
      String counts =
          table.getValue().stream()
              .map(column -> "count(*) FILTER (WHERE " + condition.formatted(column) + ")")
              .collect(Collectors.joining(" + "));
      count +=
          handle
              .createQuery("SELECT " + counts + " FROM " + table.getKey())
              .mapTo(Long.class)
              .one();
    }
    return count;
  }
}
