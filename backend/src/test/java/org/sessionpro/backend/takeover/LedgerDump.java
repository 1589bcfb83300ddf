package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Cell;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.db.Databases;

/// All that a takeover writes into a ledger, as text, a line for each row.
final class LedgerDump {
  private static final List<String> TABLES =
      List.of(
          "accounts",
          "generations",
          "ownerless_generations",
          "payments",
          "payment_aliases",
          "facts",
          "inbox_message",
          "inbox_work",
          "import_quarantine");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /// Drawn once for each account that brings none.
  private static final Pattern OFFSET =
      Pattern.compile("proof_expiry_offset=[0-9]+|\"offset\":[0-9]+");

  private LedgerDump() {}

  /// Every row as it is, in no particular order.
  static List<String> all(DatabaseUrl url) {
    List<String> lines = new ArrayList<>();
    try (DatabaseView view = Databases.view(url)) {
      for (DatabaseView.Table table : view.tables()) {
        if (TABLES.contains(table.name())) {
          view.rows(table, row -> lines.add(line(table, row)));
        }
      }
    }
    return lines;
  }

  private static String line(DatabaseView.Table table, List<Cell> row) {
    StringBuilder line = new StringBuilder(table.name());
    for (int i = 0; i < row.size(); i++) {
      line.append(' ').append(table.columns().get(i)).append('=').append(text(row.get(i)));
    }
    return line.toString();
  }

  private static String text(Cell cell) {
    return switch (cell) {
      case Cell.Whole(long value) -> Long.toString(value);
      case Cell.Flag(boolean value) -> value ? "1" : "0";
      case Cell.Text(String value) -> value;
      case Cell.Bytes bytes -> bytes.value().hex();
      case Cell.Nothing _ -> "-";
    };
  }

  /// Every row, in order, without what is drawn: accounts go by their keys, and no offset is told.
  static List<String> withoutChance(DatabaseUrl url) {
    Map<String, String> keys = new HashMap<>();
    try (DatabaseView view = Databases.view(url)) {
      for (DatabaseView.Table table : view.tables()) {
        if (table.name().equals("accounts")) {
          int id = table.columns().indexOf("id");
          int key = table.columns().indexOf("master_key");
          view.rows(table, row -> keys.put(text(row.get(id)), text(row.get(key))));
        }
      }
    }
    return all(url).stream().map(line -> withoutChance(line, keys)).sorted().toList();
  }

  private static String withoutChance(String line, Map<String, String> keys) {
    String without = OFFSET.matcher(line).replaceAll("offset");
    return NUMBER
        .matcher(without)
        .replaceAll(number -> keys.getOrDefault(number.group(), number.group()));
  }
}
