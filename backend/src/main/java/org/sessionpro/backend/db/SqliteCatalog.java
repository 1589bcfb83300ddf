package org.sessionpro.backend.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// SQLite's `sqlite_schema` and its own checks.
record SqliteCatalog() implements Catalog {
  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public String readOnly() {
    return "PRAGMA query_only = ON";
  }

  @Override
  public long size(Handle handle) {
    return Catalog.number(
        handle, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  }

  @Override
  public List<String> tables(Handle handle) {
    return Catalog.texts(
        handle,
        """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
        """);
  }

  @Override
  public List<String> columns(Handle handle, String table) {
    return handle
        .createQuery("SELECT name FROM pragma_table_info(:table) ORDER BY cid")
        .bind("table", table)
        .mapTo(String.class)
        .list();
  }

  @Override
  public Set<String> triggers(Handle handle) {
    return Set.copyOf(
        Catalog.texts(handle, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"));
  }

  @Override
  public List<Defect> damage(Handle handle) {
    List<Defect> findings = new ArrayList<>();
    findings.addAll(
        Catalog.counted(
            "integrity",
            Catalog.texts(handle, "PRAGMA integrity_check").stream()
                .filter(line -> !line.equals("ok"))
                .toList()));
    findings.addAll(
        Catalog.counted(
            "foreign_keys",
            handle
                .createQuery("PRAGMA foreign_key_check")
                .map((row, _) ->
                    "a row of %s names one of %s that is not there"
                        .formatted(row.getString("table"), row.getString("parent")))
                .list()));
    return findings;
  }
}
