package org.sessionpro.backend.db;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// What an engine knows about the database itself.
interface Catalog {
  static Catalog of(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> new SqliteCatalog();
      case POSTGRESQL -> new PostgresCatalog();
    };
  }

  Dialect dialect();

  /// The statement after which a connection changes nothing.
  String readOnly();

  /// How much the database takes up, in bytes.
  long size(Handle handle);

  /// The tables by name, without the engine's own.
  List<String> tables(Handle handle);

  /// The columns of a table, in its order.
  List<String> columns(Handle handle, String table);

  /// The triggers that are in force.
  Set<String> triggers(Handle handle);

  /// What is damaged or not enforced.
  List<Defect> damage(Handle handle);

  /// The rules that hold only because a trigger enforces them, and whose trigger is gone.
  default List<Defect> missingTriggers(Handle handle) {
    Set<String> present = triggers(handle);
    return dialect().triggers().stream()
        .filter(name -> !present.contains(name))
        .map(name -> new Defect("triggers", 1, "the trigger " + name + " is not in force"))
        .toList();
  }

  /// Counts equal findings of one check together.
  static List<Defect> counted(String check, List<String> details) {
    return details.stream().collect(Collectors.groupingBy(Function.identity())).entrySet().stream()
        .map(entry -> new Defect(check, entry.getValue().size(), entry.getKey()))
        .sorted(Comparator.comparing(Defect::detail))
        .toList();
  }

  /// A name as it stands in a statement.
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /// The one number that a statement finds.
  static long number(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Long.class).one();
  }

  /// The first column of every row.
  static List<String> texts(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(String.class).list();
  }
}
