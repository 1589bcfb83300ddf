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

  /// What a payment may say by its tables of codes; what such a table calls its codes, its references
  /// tell.
  private static final String CODES_OF =
      """
      SELECT a.attname AS code FROM pg_constraint c
      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = ANY (c.confkey)
      WHERE c.contype = 'f' AND c.conrelid = to_regclass('payments')
        AND c.confrelid = to_regclass(:table)
      """;

  static V1Unreadable of(Handle handle, List<String> tables) {
    return new V1Unreadable(
        count(
            handle,
            tables,
            "interval",
            "EXTRACT(YEAR FROM %1$s) * 12 + EXTRACT(MONTH FROM %1$s) <> 0"),
        count(handle, tables, "timestamp with time zone", "NOT isfinite(%s)"),
        handle.createQuery(UNKNOWN_CODES).mapTo(Long.class).one()
            + unknown(handle, "pro_plans", List.of("1m", "3m", "1y"))
            + unknown(handle, "payment_providers", List.of("google_play", "app_store", "stf")));
  }

  /// How many codes a table of them has besides.
  private static long unknown(Handle handle, String table, List<String> known) {
    return handle.createQuery(CODES_OF).bind("table", table).mapTo(String.class).list().stream()
        .distinct()
        .mapToLong(column ->
            handle
                .createQuery(
                    "SELECT count(*) FROM %s AS one WHERE to_jsonb(one) ->> :column NOT IN (<known>)"
                        .formatted(table))
                .bind("column", column)
                .bindList("known", known)
                .mapTo(Long.class)
                .one())
        .sum();
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
