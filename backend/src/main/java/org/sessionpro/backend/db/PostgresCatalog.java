package org.sessionpro.backend.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// PostgreSQL's system catalogs, for the schema in use. The server checks constraints when rows are
/// written; what can be wrong is that one was made without looking at the rows, or is switched off.
record PostgresCatalog() implements Catalog {
  /// Names nothing but tables of the schema in use.
  private static final String OURS =
      """
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
      """;

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public String readOnly() {
    return "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
  }

  @Override
  public long size(Handle handle) {
    return Catalog.number(handle, "SELECT pg_catalog.pg_database_size(current_database())");
  }

  /// Without those that an extension brings along.
  @Override
  public List<String> tables(Handle handle) {
    return Catalog.texts(
        handle,
        "SELECT c.relname FROM pg_catalog.pg_class c "
            + OURS
            + """
            WHERE c.relkind IN ('r', 'p') AND NOT EXISTS (
              SELECT 1 FROM pg_catalog.pg_depend d
              WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                AND d.deptype = 'e')
            ORDER BY c.relname COLLATE "C"
            """);
  }

  @Override
  public List<String> columns(Handle handle, String table) {
    return handle
        .createQuery(
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = :table
            ORDER BY ordinal_position
            """)
        .bind("table", table)
        .mapTo(String.class)
        .list();
  }

  /// `O` and `A` fire in ordinary sessions; `D` is off, `R` is for replicas only.
  @Override
  public Set<String> triggers(Handle handle) {
    return Set.copyOf(
        Catalog.texts(
            handle,
            "SELECT t.tgname FROM pg_catalog.pg_trigger t "
                + "JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
                + OURS
                + "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"));
  }

  @Override
  public List<Defect> damage(Handle handle) {
    List<Defect> findings = new ArrayList<>();
    findings.addAll(
        Catalog.counted(
            "constraints",
            Catalog.texts(
                handle,
                "SELECT 'the constraint ' || k.conname || ' of ' || c.relname || ' is not validated' "
                    + "FROM pg_catalog.pg_constraint k "
                    + "JOIN pg_catalog.pg_class c ON c.oid = k.conrelid "
                    + OURS
                    + "WHERE NOT k.convalidated")));
    findings.addAll(
        Catalog.counted(
            "foreign_keys",
            Catalog.texts(
                handle,
                "SELECT DISTINCT 'the foreign key ' || k.conname || ' of ' || c.relname || ' is switched off' "
                    + "FROM pg_catalog.pg_trigger t "
                    + "JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint "
                    + "JOIN pg_catalog.pg_class c ON c.oid = k.conrelid "
                    + OURS
                    + "WHERE t.tgenabled NOT IN ('O', 'A')")));
    findings.addAll(
        Catalog.counted(
            "indexes",
            Catalog.texts(
                handle,
                "SELECT 'the index ' || c.relname || ' is not valid' "
                    + "FROM pg_catalog.pg_index i "
                    + "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
                    + OURS
                    + "WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)")));
    return findings;
  }
}
