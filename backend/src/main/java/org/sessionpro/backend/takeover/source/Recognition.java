package org.sessionpro.backend.takeover.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.sessionpro.backend.db.DatabaseView;

/// Tells whether a database is one that can be taken over, by what its tables are like
/// (`import-python.md` §1).
final class Recognition {
  /// The tables of March 2026 with all their columns.
  private static final Map<String, Set<String>> V0 =
      Map.of(
          "payments",
          Set.of(
              "id",
              "master_pkey",
              "status",
              "plan",
              "payment_provider",
              "auto_renewing",
              "unredeemed_unix_ts_ms",
              "redeemed_unix_ts_ms",
              "expiry_unix_ts_ms",
              "grace_period_duration_ms",
              "platform_refund_expiry_unix_ts_ms",
              "revoked_unix_ts_ms",
              "apple_original_tx_id",
              "apple_tx_id",
              "apple_web_line_order_tx_id",
              "google_payment_token",
              "google_order_id",
              "rangeproof_order_id",
              "refund_requested_unix_ts_ms",
              "google_obfuscated_account_id",
              "apple_app_account_token"),
          "users",
          Set.of(
              "master_pkey",
              "gen_index",
              "expiry_unix_ts_ms",
              "grace_period_duration_ms",
              "auto_renewing",
              "refund_requested_unix_ts_ms",
              "google_obfuscated_account_id",
              "apple_app_account_token"),
          "revocations",
          Set.of("gen_index", "creation_unix_ts_ms", "expiry_unix_ts_ms"),
          "runtime",
          Set.of(
              "gen_index",
              "gen_index_salt",
              "backend_key",
              "last_expire_unix_ts_ms",
              "apple_notification_checkpoint_unix_ts_ms",
              "revocation_ticket"),
          "apple_notification_uuid_history",
          Set.of("uuid", "expiry_unix_ts_ms"),
          "google_notification_history",
          Set.of("message_id", "handled", "payload", "expiry_unix_ts_ms"),
          "user_errors",
          Set.of("payment_id", "payment_provider", "unix_ts_ms"));

  private static final String VERSIONS = "schema_version";
  private static final Set<String> VERSION_COLUMNS = Set.of("id", "version");

  private static final int ACCEPTED = 9;
  private static final int OLDEST_MIGRATED = 5;
  private static final String MIGRATE_FIRST =
      "the database is of a version between two releases: migrate it with the last Python release"
          + " first";

  private final Map<String, Set<String>> tables = new TreeMap<>();

  private Recognition(List<DatabaseView.Table> found) {
    found.forEach(table -> tables.put(table.name(), Set.copyOf(table.columns())));
  }

  /// Makes sure that a database is one of March 2026 in its last version.
  ///
  /// @param ignored tables, and columns as `table.column`, that may be there and are left behind
  /// @throws SourceRefused if it is not
  static void requireV0(List<DatabaseView.Table> found, IntSupplier version, Set<String> ignored) {
    Recognition recognition = new Recognition(found);
    if (!recognition.has("runtime", Set.of()) || !recognition.has("payments", Set.of())) {
      throw new SourceRefused(
          recognition.tables.containsKey("globals")
              ? MIGRATE_FIRST
              : "this is no database of the Python service");
    }
    recognition.requireVersion(version.getAsInt());
    recognition.requireNothingNewer(ignored);
  }

  private boolean has(String table, Set<String> columns) {
    Set<String> present = tables.get(table);
    return present != null && present.containsAll(columns);
  }

  private void requireVersion(int version) {
    if (version >= OLDEST_MIGRATED && version < ACCEPTED) {
      throw new SourceRefused(
          "the database is of version %d: start the Python service of 2026-03-20 on it once, which migrates it"
              .formatted(version));
    }
    if (version < ACCEPTED) {
      throw new SourceRefused("the database is of version " + version + ", which is too old");
    }
    if (version > ACCEPTED) {
      throw new SourceRefused("the database is of version " + version + ", which is too new");
    }
    V0.forEach((table, columns) -> {
      if (!has(table, columns)) {
        throw new SourceRefused(MIGRATE_FIRST + " (" + missing(table, columns) + ")");
      }
    });
  }

  private String missing(String table, Set<String> columns) {
    Set<String> absent = new TreeSet<>(columns);
    absent.removeAll(tables.getOrDefault(table, Set.of()));
    return "no " + table + "." + absent.iterator().next();
  }

  private void requireNothingNewer(Set<String> ignored) {
    List<String> unknown = new ArrayList<>();
    tables.forEach((table, columns) -> {
      Set<String> known = table.equals(VERSIONS) ? VERSION_COLUMNS : V0.get(table);
      if (known == null) {
        unknown.add(table);
      } else {
        columns.stream()
            .filter(column -> !known.contains(column))
            .sorted()
            .forEach(column -> unknown.add(table + "." + column));
      }
    });
    unknown.removeAll(ignored);
    if (!unknown.isEmpty()) {
      throw wouldLose(unknown);
    }
  }

  static SourceRefused wouldLose(List<String> unknown) {
    return new SourceRefused(
        "the database has what would be lost: %s; name it in --ignore-extra to leave it behind"
            .formatted(String.join(", ", unknown)));
  }
}
