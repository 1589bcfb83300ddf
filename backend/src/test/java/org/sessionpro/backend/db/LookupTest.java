package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
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

  private static long read(Lookup lookup, Handle handle) {
    return lookup.one(handle, row -> row.getLong(1), 4711L);
  }
}
