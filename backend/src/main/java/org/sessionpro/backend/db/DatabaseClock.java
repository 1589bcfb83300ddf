package org.sessionpro.backend.db;

import java.time.Instant;
import java.util.Optional;

/// The clock of the database's machine; for checks of health only, never for anything that is
/// stored.
public final class DatabaseClock {
  private DatabaseClock() {}

  /// What the database's clock shows; empty if it is on this machine.
  public static Optional<Instant> read(Database database) {
    return switch (database.dialect()) {
      case SQLITE -> Optional.empty();
      case POSTGRESQL ->
          Optional.of(
              database.read(handle ->
                  handle
                      .createQuery(
                          "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now")
                      .map((row, _) -> Columns.instant(row, "now"))
                      .one()));
    };
  }
}
