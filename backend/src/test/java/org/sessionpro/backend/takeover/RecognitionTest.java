package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.takeover.source.PythonSource;
import org.sessionpro.backend.takeover.source.SourceRefused;
import org.sessionpro.backend.takeover.source.V0Source;

@ParameterizedClass
@EnumSource(Engine.class)
class RecognitionTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private PythonDatabase source;

  @BeforeEach
  void create() {
    source = PythonDatabase.create(engine, folder);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private void open(String... ignored) {
    PythonSource.open(source.url(), Set.of(ignored)).close();
  }

  private void assertRefused(String why) {
    assertThatThrownBy(this::open).isInstanceOf(SourceRefused.class).hasMessageContaining(why);
  }

  @Test
  void databaseOfMarchIsAccepted() {
    open();
  }

  @ParameterizedTest
  @CsvSource({
    "0, is too old",
    "4, is too old",
    "5, start the Python service of 2026-03-20 on it once",
    "8, start the Python service of 2026-03-20 on it once",
    "10, is too new",
  })
  void otherVersionsAreRefused(int version, String why) {
    source.version(version);

    assertRefused(why);
  }

  @Test
  void tableThatWouldBeLostIsRefusedUnlessItIsLeftBehind() {
    source.execute("CREATE TABLE novelty (id INTEGER)");

    assertRefused("has what would be lost: novelty;");

    open("novelty");
  }

  @Test
  void columnThatWouldBeLostIsRefusedUnlessItIsLeftBehind() {
    source.execute("ALTER TABLE users ADD COLUMN novelty INTEGER");

    assertRefused("has what would be lost: users.novelty;");

    open("users.novelty");
  }

  @Test
  void databaseBetweenTwoReleasesIsRefused() {
    source.execute("ALTER TABLE runtime DROP COLUMN backend_key");

    assertRefused("(no runtime.backend_key)");
  }

  @Test
  void ledgerOfOursIsRefused() {
    var url = engine.empty(folder);
    Databases.open(url).close();

    assertThatThrownBy(() -> PythonSource.open(url, Set.of()).close())
        .isInstanceOf(SourceRefused.class)
        .hasMessage("this is no database of the Python service");
  }

  @ParameterizedTest
  @CsvSource({
    "backend_key, 2222222222222222222222222222222222222222222222222222222222222222",
    "gen_index_salt, 22222222222222222222222222222222"
  })
  void rowsOfSeveralKeysOrSaltsCannotBeAccepted(String column, String hex) {
    source.add(source.runtime().with(column, PythonDatabase.bytes(hex)));

    assertThatThrownBy(
            () -> {
              try (V0Source opened = (V0Source) PythonSource.open(source.url(), Set.of())) {
                V0Service.runtime(opened);
              }
            })
        .isInstanceOf(SourceRefused.class)
        .hasMessage("RUNTIME_NOT_SINGLE: the source has rows of several keys or salts in runtime");
  }

  @Test
  void valueOfAnotherTypeIsRefusedWithoutBeingShown() {
    assumeFalse(source.isServer());
    source.add(source.voucher(PythonDatabase.key(1), "order", PythonDatabase.NOW));
    source.execute("UPDATE payments SET plan = 'hidden'");

    try (V0Source opened = (V0Source) PythonSource.open(source.url(), Set.of())) {
      assertThatThrownBy(() -> opened.accounts(null, _ -> {}))
          .hasStackTraceContaining("a value of the column plan of payments is no integer")
          .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("hidden"));
    }
  }
}
