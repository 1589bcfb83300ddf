package org.sessionpro.backend.takeover;

import java.util.Random;
import org.sessionpro.backend.config.DatabaseUrl;

/// Makes a database of the Python service of March 2026 with any number of made up accounts, to see
/// how long it takes to take it over.
public final class FillPython {
  private static final int BATCH = 2_000;

  private FillPython() {}

  /// Fills an empty database.
  ///
  /// @param arguments where it is, as `pro --db` is written; how many accounts; a seed
  public static void main(String[] arguments) {
    RandomSource made = new RandomSource(new Random(Long.parseLong(arguments[2])));
    int accounts = Integer.parseInt(arguments[1]);
    try (PythonDatabase source = PythonDatabase.create(DatabaseUrl.parse(arguments[0]))) {
      for (int number = 1; number <= accounts; number++) {
        made.customer(number);
        if (number % BATCH == 0 || number == accounts) {
          source.add(made.take());
        }
      }
    }
  }
}
