package org.sessionpro.backend.db;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// A database as it stood at one moment, only to be looked at: nothing can be changed through it,
/// and no table is made or migrated. Belongs to one thread.
public final class DatabaseView implements AutoCloseable {
  /// Rows that PostgreSQL sends at a time, so that a table of any length fits into memory.
  private static final int FETCH_SIZE = 1_000;

  /// Columns that order the rows of a table: enough for every primary key of ours.
  private static final int ORDERING_COLUMNS = 3;

  private static final String OF_ANOTHER_PROGRAM =
      "these are the tables of another program: name a new database in db_url, and take the ledger of"
          + " a Python service over with 'pro import python --from'";

  private final Catalog catalog;
  private final DataSource source;
  private final Handle handle;

  private DatabaseView(Catalog catalog, DataSource source, Handle handle) {
    this.catalog = catalog;
    this.source = source;
    this.handle = handle;
  }

  /// A table of the ledger.
  ///
  /// @param columns their names, in the order of the table
  public record Table(String name, List<String> columns) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /// Begins to look at a database.
  ///
  /// @throws DatabaseFault if it cannot be opened
  static DatabaseView open(DataSource source, Dialect dialect) {
    Catalog catalog = Catalog.of(dialect);
    Handle handle;
    try {
      handle = QuietJdbi.of(source).open();
    } catch (JdbiException unreachable) {
      throw new DatabaseFault("the database cannot be opened", unreachable);
    }
    try {
      handle.execute(catalog.readOnly());
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
      handle.begin();
      return new DatabaseView(catalog, source, handle);
    } catch (JdbiException failed) {
      handle.close();
      throw new DatabaseFault("the database cannot be read", failed);
    }
  }

  /// Reads by any statement.
  ///
  /// @throws DatabaseFault if that is impossible
  public <T> T read(Function<Handle, T> work) {
    try {
      return work.apply(handle);
    } catch (JdbiException failed) {
      throw new DatabaseFault("the database cannot be read", failed);
    }
  }

  /// The version of its tables.
  ///
  /// @throws DatabaseFault also if there are tables, and another program made them
  public SchemaState schema() {
    return read(it -> {
      List<String> names = catalog.tables(it);
      boolean history = names.contains(Migrations.HISTORY);
      if (history && (names.contains(Migrations.FIRST_TABLE) || Migrations.noneRan(it))) {
        return Migrations.state(it);
      }
      if (!names.isEmpty()) {
        throw new DatabaseFault(OF_ANOTHER_PROGRAM);
      }
      return Migrations.NOTHING_THERE;
    });
  }

  /// How much the database takes up, in bytes.
  public long size() {
    return read(catalog::size);
  }

  /// Whether there is a table of that name.
  public boolean hasTable(String name) {
    return read(it -> catalog.tables(it).contains(name));
  }

  /// The tables of the ledger by name; those that the engine or the migrations keep for themselves
  /// are left out.
  public List<Table> tables() {
    return read(it ->
        catalog.tables(it).stream()
            .filter(name -> !name.equals(Migrations.HISTORY))
            .map(name -> new Table(name, catalog.columns(it, name)))
            .toList());
  }

  /// Hands over every row of a table, in the order of its first columns.
  ///
  /// @param rows gets the values in the order of the table's columns
  public void rows(Table table, Consumer<List<Cell>> rows) {
    int columns = table.columns().size();
    List<String> ordering =
        IntStream.rangeClosed(1, Math.min(columns, ORDERING_COLUMNS))
            .mapToObj(Integer::toString)
            .toList();
    String sql =
        "SELECT %s FROM %s ORDER BY %s"
            .formatted(
                String.join(", ", table.columns().stream().map(Catalog::quoted).toList()),
                Catalog.quoted(table.name()),
                String.join(", ", ordering));
    read(it -> {
      it.createQuery(sql)
          .setFetchSize(FETCH_SIZE)
          .map((row, _) -> {
            List<Cell> cells = new ArrayList<>(columns);
            for (int column = 1; column <= columns; column++) {
              cells.add(Cell.read(row, column));
            }
            return cells;
          })
          .forEach(rows);
      return table;
    });
  }

  /// What is wrong below the level of the ledger's own rules: damage that the engine finds, constraints
  /// and triggers that do not hold, migrations that are not this program's.
  ///
  /// @return empty if nothing is
  public List<Defect> damage() {
    List<Defect> findings = new ArrayList<>();
    SchemaState schema = schema();
    if (schema.standing() != SchemaState.Standing.CURRENT) {
      findings.add(new Defect("schema_version", 1, schema.text()));
    }
    findings.addAll(read(catalog::damage));
    if (schema.standing() == SchemaState.Standing.CURRENT) {
      findings.addAll(read(catalog::missingTriggers));
      findings.addAll(Migrations.changed(source, catalog.dialect()));
    }
    return findings;
  }

  @Override
  public void close() {
    try (handle) {
      handle.rollback();
    }
  }
}
