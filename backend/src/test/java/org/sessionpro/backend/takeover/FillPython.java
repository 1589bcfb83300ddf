package org.sessionpro.backend.takeover;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.takeover.PythonDatabase.Row;

/// Makes a database of the Python service with any number of made up accounts, to see how long it takes
/// to take it over.
public final class FillPython {
  private static final int BATCH = 2_000;

  private FillPython() {}

  /// Fills an empty database.
  ///
  /// @param arguments `v0` for March 2026 or `v1` for summer; where it is, as `pro --db` is written; how
  ///     many accounts; a seed
  public static void main(String[] arguments) {
    DatabaseUrl url = DatabaseUrl.parse(arguments[1]);
    int accounts = Integer.parseInt(arguments[2]);
    Random random = new Random(Long.parseLong(arguments[3]));
    if (arguments[0].equals("v1")) {
      try (SummerDatabase source = SummerDatabase.create(url)) {
        fill(new RandomSummer(random), accounts, source::add);
      }
    } else {
      try (PythonDatabase source = PythonDatabase.create(url)) {
        fill(new RandomSource(random), accounts, source::add);
      }
    }
  }

  /// A new database of either generation, filled.
  ///
  /// @param generation as above
  /// @param engine of March 2026; the other is on PostgreSQL
  static DatabaseUrl made(
      String generation, Engine engine, Path folder, Random random, int accounts) {
    if (generation.equals("v1")) {
      try (SummerDatabase made = SummerDatabase.create(Engine.POSTGRESQL.withoutTables(folder))) {
        fill(new RandomSummer(random), accounts, made::add);
        return made.url();
      }
    }
    try (PythonDatabase made = PythonDatabase.create(engine, folder)) {
      fill(new RandomSource(random), accounts, made::add);
      return made.url();
    }
  }

  static void fill(RandomCustomers made, int accounts, Consumer<List<Row>> rows) {
    for (int number = 1; number <= accounts; number++) {
      made.customer(number);
      if (number % BATCH == 0 || number == accounts) {
        rows.accept(made.take());
      }
    }
  }
}
