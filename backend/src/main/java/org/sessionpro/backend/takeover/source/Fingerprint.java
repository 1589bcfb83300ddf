package org.sessionpro.backend.takeover.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// A digest of all rows of the tables that are taken over, in an order that does not change by itself
/// (`import-python.md` §7.2).
final class Fingerprint {
  private static final int FETCH_SIZE = 1_000;

  /// Each table with what orders its rows.
  private static final Map<String, String> TABLES =
      new TreeMap<>(
          Map.of(
              "payments", "id",
              "users", "master_pkey",
              "revocations", "gen_index",
              "runtime", "gen_index, revocation_ticket",
              "apple_notification_uuid_history", "uuid, expiry_unix_ts_ms",
              "google_notification_history", "message_id, expiry_unix_ts_ms",
              "user_errors", "payment_id, payment_provider"));

  /// The tables of summer 2026.
  private static final Map<String, String> SUMMER =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("payments", "id"),
              Map.entry("google_play_payment_details", "payment_id"),
              Map.entry("app_store_payment_details", "payment_id"),
              Map.entry("stf_payment_details", "payment_id"),
              Map.entry("users", "id"),
              Map.entry("generations", "id"),
              Map.entry("globals", "key"),
              Map.entry("apple_notification_uuid_history", "uuid"),
              Map.entry("google_notification_history", "message_id"),
              Map.entry("google_reconcile_queue", "payment_token")));

  private final MessageDigest digest = sha256();

  /// The row that is gone through: to digest it at once is much faster than value by value.
  private final ByteArrayOutputStream row = new ByteArrayOutputStream();

  private Fingerprint() {}

  static String of(Handle handle) {
    Fingerprint fingerprint = new Fingerprint();
    TABLES.forEach((table, order) -> {
      fingerprint.add(table);
      fingerprint.endRow();
      handle
          .createQuery("SELECT * FROM " + table + " ORDER BY " + order)
          .setFetchSize(FETCH_SIZE)
          .map((values, _) -> fingerprint.add(values))
          .forEach(_ -> fingerprint.endRow());
    });
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  /// Of a database of summer 2026, whose server writes each row down as text.
  static String ofSummer(Handle handle) {
    Fingerprint fingerprint = new Fingerprint();
    SUMMER.forEach((table, order) -> {
      fingerprint.add(table);
      fingerprint.endRow();
      handle
          .createQuery("SELECT CAST(t AS TEXT) FROM %s t ORDER BY %s".formatted(table, order))
          .setFetchSize(FETCH_SIZE)
          .mapTo(String.class)
          .forEach(text -> {
            fingerprint.add(text);
            fingerprint.endRow();
          });
    });
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private int add(ResultSet values) throws SQLException {
    int columns = values.getMetaData().getColumnCount();
    for (int column = 1; column <= columns; column++) {
      switch (values.getObject(column)) {
        case null -> row.write(0);
        case byte[] bytes -> add((byte) 1, bytes);
        case Object value -> add((byte) 2, value.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return columns;
  }

  private void add(String text) {
    add((byte) 2, text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(byte kind, byte[] bytes) {
    row.write(kind);
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      row.write(bytes.length >> shift);
    }
    row.writeBytes(bytes);
  }

  private void endRow() {
    digest.update(row.toByteArray());
    row.reset();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
