package org.sessionpro.backend.cli.db;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Cell;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.db.DatabaseView.Table;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.crypto.Crypto;

/// Prints the tables of a ledger in boxes (`operator-v0.md` §6.5).
///
/// Each table is read twice, first for the widths of its columns, so that one of any length needs no
/// memory; both readings see the same state.
public final class TablePrinter {
  private final Shell shell;
  private final Supplier<Crypto> crypto;

  /// @param crypto asked when tables are printed: it loads native libraries
  public TablePrinter(Shell shell, Supplier<Crypto> crypto) {
    this.shell = shell;
    this.crypto = crypto;
  }

  /// Prints every table of the database, which stays as it is.
  ///
  /// @param unmasked whether identifiers of people and purchases are shown in clear
  public void print(DatabaseUrl url, boolean unmasked) {
    CellText texts =
        unmasked
            ? CellText.inClear()
            : CellText.masked(IdentifierMask.withFreshKey(crypto.get(), new SecureRandom()));
    try (DatabaseView database = Databases.view(url)) {
      SchemaState schema = database.schema();
      if (schema.standing() != SchemaState.Standing.CURRENT) {
        shell.error(schema.text());
      }
      database.tables().forEach(table -> print(database, table, texts));
    }
    shell.out().flush();
  }

  private void print(DatabaseView database, Table table, CellText texts) {
    int[] widths = table.columns().stream().mapToInt(TablePrinter::width).toArray();
    database.rows(
        table,
        row -> {
          List<String> line = line(table, row, texts);
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], width(line.get(i)));
          }
        });
    PrintWriter out = shell.out();
    out.print("Table: " + table.name() + "\n");
    out.print(rule("┌", "┬", "┐", widths));
    out.print(boxed(table.columns(), widths));
    out.print(rule("├", "┼", "┤", widths));
    database.rows(table, row -> out.print(boxed(line(table, row, texts), widths)));
    out.print(rule("└", "┴", "┘", widths));
  }

  private static List<String> line(Table table, List<Cell> row, CellText texts) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> texts.of(table.columns().get(i), row.get(i)))
        .toList();
  }

  private static String boxed(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("│");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).repeat(" ", widths[i] - width(cell)).append(" │");
    }
    return line.append('\n').toString();
  }

  private static String rule(String left, String cross, String right, int[] widths) {
    return IntStream.of(widths)
        .mapToObj(width -> "─".repeat(width + 2))
        .collect(Collectors.joining(cross, left, right + "\n"));
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
