package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of work that comes too late. None may wait for ever.
@ParameterizedClass
@EnumSource(Engine.class)
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosedDatabaseTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void openAndClose() {
    database = engine.open(folder);
    assertThat(database.read(ClosedDatabaseTest::one)).isOne();
    database.close();
  }

  private static int one(Handle handle) {
    return handle.createQuery("SELECT 1 AS one").mapTo(Integer.class).one();
  }

  @Test
  void readsFail() {
    assertThatThrownBy(() -> database.read(ClosedDatabaseTest::one))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void everyFurtherReadFailsToo() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> database.read(ClosedDatabaseTest::one))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void snapshotsFail() {
    assertThatThrownBy(() -> database.snapshot(ClosedDatabaseTest::one))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void changesFail() {
    assertThatThrownBy(() -> database.write(ClosedDatabaseTest::one))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void closingAgainDoesNothing() {
    database.close();
  }
}
