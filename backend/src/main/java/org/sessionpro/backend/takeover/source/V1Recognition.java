package org.sessionpro.backend.takeover.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.sessionpro.backend.db.DatabaseView;

/// Tells whether a database is one of summer 2026 after all its migrations, by what its tables and its
/// list of migrations are like (`import-python.md` §1, §3.8).
final class V1Recognition {
  private static final String MIGRATE_FIRST =
      "the database is of a version between two releases: migrate it with the last Python release"
          + " first";

  /// The tables with the columns that must be there.
  private static final Map<String, Set<String>> REQUIRED =
      Map.ofEntries(
          Map.entry(
              "users",
              Set.of(
                  "id",
                  "master_pkey",
                  "current_generation_id",
                  "expiry_at",
                  "grace_period",
                  "auto_renewing",
                  "proof_expiry_offset",
                  "credits_checkpoint_at")),
          Map.entry(
              "payments",
              Set.of(
                  "id",
                  "user_id",
                  "plan",
                  "payment_provider",
                  "auto_renewing",
                  "purchased_at",
                  "redeemed_at",
                  "expiry_at",
                  "grace_period",
                  "platform_refund_expiry_at",
                  "revoked_at",
                  "credit_remaining")),
          Map.entry(
              "google_play_payment_details",
              Set.of(
                  "payment_id", "payment_token", "order_id", "obfuscated_account_id", "needs_ack")),
          Map.entry(
              "app_store_payment_details",
              Set.of(
                  "payment_id",
                  "original_tx_id",
                  "tx_id",
                  "web_line_order_tx_id",
                  "app_account_token")),
          Map.entry("stf_payment_details", Set.of("payment_id", "order_id")),
          Map.entry("generations", Set.of("id", "user_id", "token", "issued_at", "revoked_at")),
          Map.entry("globals", Set.of("key", "int_val", "bytes_val", "ts_val")),
          Map.entry("apple_notification_uuid_history", Set.of("uuid", "expires_at")),
          Map.entry("google_notification_history", Set.of("message_id", "handled", "payload")),
          Map.entry("google_reconcile_queue", Set.of("payment_token")),
          Map.entry("migrations_applied", Set.of("name", "applied_at")));

  /// Columns that only some databases have.
  private static final Map<String, Set<String>> OPTIONAL =
      Map.of(
          "users",
          Set.of(
              "proofs_issued_total",
              "proofs_issued_window",
              "proofs_issued_past_expiry_window",
              "proofs_window_start"),
          "google_notification_history",
          Set.of("event_at", "expires_at"),
          "google_reconcile_queue",
          Set.of(
              "eligible_at",
              "due_at",
              "leased_until",
              "revision",
              "attempts",
              "last_error",
              "parked_at"));

  /// What is only looked up, or made of the rest.
  private static final Set<String> LOOKED_UP = Set.of("payment_providers", "pro_plans", "db_stats");

  private static final Set<String> MIGRATIONS =
      Set.of(
          "000_initial_schema",
          "001_google_needs_ack",
          "002_drop_refund_requested",
          "003_proof_expiry_offset",
          "004_payment_credits",
          "005_stf_provider",
          "006_expiry_at",
          "007_credit_expiry_is_latched");

  /// Two ways to the same tables.
  private static final Set<String> SHORT_WAY = Set.of("008_google_convergence");

  private static final Set<String> LONG_WAY =
      Set.of(
          "008_google_reconcile_queue",
          "009_grace_period_is_store_data",
          "010_users_grace_period_is_nullable",
          "011_drop_user_errors",
          "012_reconcile_queue_parking");

  private static final Set<String> OPTIONAL_MIGRATIONS =
      Set.of(
          "009_proof_issue_counters",
          "010_google_notification_event_at",
          "001_seed_globals",
          "001_seed_runtime");

  private final Map<String, Set<String>> tables = new TreeMap<>();

  private V1Recognition(List<DatabaseView.Table> found) {
    found.forEach(table -> tables.put(table.name(), Set.copyOf(table.columns())));
  }

  /// Whether a database is of summer 2026, in whatever version.
  static boolean isMeant(List<DatabaseView.Table> found) {
    return new V1Recognition(found)
        .tables
        .keySet()
        .containsAll(Set.of("migrations_applied", "globals", "generations"));
  }

  /// @param applied names of the migrations that were applied
  /// @throws SourceRefused unless the database can be taken over
  static void require(
      List<DatabaseView.Table> found, Supplier<List<String>> applied, Set<String> ignored) {
    V1Recognition recognition = new V1Recognition(found);
    recognition.requireTables();
    recognition.requireLedger(applied.get());
    recognition.requireNothingNewer(ignored);
  }

  private void requireLedger(List<String> applied) {
    Set<String> names = new TreeSet<>();
    applied.forEach(name -> names.add(name.replaceFirst("\\.(sql|py)$", "")));
    boolean complete =
        names.containsAll(MIGRATIONS)
            && (names.containsAll(SHORT_WAY) || names.containsAll(LONG_WAY));
    if (!complete) {
      throw new SourceRefused(MIGRATE_FIRST);
    }
    for (Set<String> known : List.of(MIGRATIONS, SHORT_WAY, LONG_WAY, OPTIONAL_MIGRATIONS)) {
      names.removeAll(known);
    }
    if (!names.isEmpty()) {
      throw new SourceRefused(
          "the database is too new, or of another lineage: " + String.join(", ", names));
    }
  }

  private void requireTables() {
    REQUIRED.forEach((table, columns) -> {
      Set<String> absent = new TreeSet<>(columns);
      absent.removeAll(tables.getOrDefault(table, Set.of()));
      if (!absent.isEmpty()) {
        throw new SourceRefused(
            "%s (no %s.%s)".formatted(MIGRATE_FIRST, table, absent.iterator().next()));
      }
    });
    requireEither("google_notification_history", "event_at", "expires_at");
    requireEither("google_reconcile_queue", "eligible_at", "due_at");
    if (tables.containsKey("user_errors")) {
      throw new SourceRefused(MIGRATE_FIRST + " (user_errors)");
    }
  }

  private void requireEither(String table, String one, String other) {
    Set<String> columns = tables.getOrDefault(table, Set.of());
    if (!columns.contains(one) && !columns.contains(other)) {
      throw new SourceRefused("%s (no %s.%s)".formatted(MIGRATE_FIRST, table, one));
    }
  }

  private void requireNothingNewer(Set<String> ignored) {
    List<String> unknown = new ArrayList<>();
    tables.forEach((table, columns) -> {
      Set<String> known = REQUIRED.get(table);
      if (known != null) {
        Set<String> optional = OPTIONAL.getOrDefault(table, Set.of());
        columns.stream()
            .filter(column -> !known.contains(column) && !optional.contains(column))
            .sorted()
            .forEach(column -> unknown.add(table + "." + column));
      } else if (!LOOKED_UP.contains(table)) {
        unknown.add(table);
      }
    });
    unknown.removeAll(ignored);
    if (!unknown.isEmpty()) {
      throw Recognition.wouldLose(unknown);
    }
  }
}
