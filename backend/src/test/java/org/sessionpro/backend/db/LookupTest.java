package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookupTest {
  private static final Lookup FROM =
      new Lookup("SELECT n FROM (SELECT 1 AS n UNION SELECT 2) t WHERE n >= ? ORDER BY n");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void readsEveryRowOrTheFirst(Engine engine) {
    try (Database database = engine.open(folder)) {
      List<Long> all = database.read(handle -> FROM.all(handle, row -> row.getLong(1), 1L));
      long first = database.read(handle -> FROM.one(handle, row -> row.getLong(1), 2));

      assertThat(all).containsExactly(1L, 2L);
      assertThat(first).isEqualTo(2);
      Optional<Long> none = database.read(handle -> FROM.first(handle, row -> row.getLong(1), 3L));
      assertThat(none).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void octetsComeBackAsTheyWere(Engine engine) {
    Lookup same = new Lookup("SELECT ?");
    byte[] octets = {0, (byte) 0xff};
    try (Database database = engine.open(folder)) {
      assertThat(database.<byte[]>read(handle -> same.one(handle, row -> row.getBytes(1), octets)))
          .isEqualTo(octets);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aLookUpThatFailsIsTheDatabasesFaultAndTellsNoArgument(Engine engine) {
    Lookup broken = new Lookup("SELECT n FROM nowhere WHERE n = ?");
    try (Database database = engine.open(folder)) {
      assertThatThrownBy(() -> database.read(handle -> read(broken, handle)))
          .isInstanceOf(JdbiException.class)
          .hasMessageNotContaining("4711");
      assertThat(database.load().faults()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyKindOfValueIsWrittenAsItIs(Engine engine) {
    Lookup insert =
        new Lookup(
            "INSERT INTO leases (name, holder, token, renewed_at, held_until, runs, last_failure_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    Lookup written =
        new Lookup(
            "SELECT token, held_until, last_failure_at FROM leases WHERE name = ? AND holder = ?");
    try (Database database = engine.open(folder)) {
      int rows =
          database.write(handle -> insert.change(handle, "a", "b", 1, 2L, Long.MAX_VALUE, 0, null));

      assertThat(rows).isEqualTo(1);
      List<@Nullable Object> values =
          database.read(handle ->
              written.one(
                  handle,
                  row ->
                      Arrays.<@Nullable Object>asList(
                          row.getInt(1), row.getLong(2), Columns.nullableInstant(row, 3)),
                  "a",
                  "b"));
      assertThat(values).containsExactly(1, Long.MAX_VALUE, null);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void zeroIsReadAsZeroAndNullAsNull(Engine engine) {
    Lookup both =
        new Lookup("SELECT n, m FROM (SELECT 0 AS n, 0 AS m UNION SELECT 1, NULL) t WHERE n = ?");
    try (Database database = engine.open(folder)) {
      List<Optional<Instant>> read =
          database.read(handle ->
              Stream.of(0, 1)
                  .map(n ->
                      both.one(
                          handle, row -> Optional.ofNullable(Columns.nullableInstant(row, 2)), n))
                  .toList());
      assertThat(read).containsExactly(Optional.of(Instant.EPOCH), Optional.empty());
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aChangeTellsHowManyRowsItWasOf(Engine engine) {
    Lookup delete = new Lookup("DELETE FROM leases WHERE name = ?");
    try (Database database = engine.open(folder)) {
      assertThat(database.<Integer>write(handle -> delete.change(handle, "nobody"))).isZero();
    }
  }

  private static long read(Lookup lookup, Handle handle) {
    return lookup.one(handle, row -> row.getLong(1), 4711L);
  }
}
