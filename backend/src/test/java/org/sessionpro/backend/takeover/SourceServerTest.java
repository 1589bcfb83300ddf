package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.takeover.source.PythonSource;

/// What a user who may only read is told of a server that has a source.
class SourceServerTest {
  private static final String READER = "import_reader";

  @TempDir Path folder;
  private PythonDatabase source;

  @BeforeEach
  void create() {
    source = PythonDatabase.create(Engine.POSTGRESQL, folder);
    source.execute(
        """
        DO $$ BEGIN CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
        EXCEPTION WHEN duplicate_object THEN NULL; END $$
        """
            .formatted(READER));
    source.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + READER);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private PythonSource openAsReader() {
    DatabaseUrl.Postgres url = (DatabaseUrl.Postgres) source.url();
    return PythonSource.open(
        new DatabaseUrl.Postgres(
            url.host(), url.port(), url.database(), READER, READER, url.properties()),
        Set.of());
  }

  @Test
  void readerSeesThatOtherUsersAreConnected() {
    try (PythonSource opened = openAsReader()) {
      assertThat(opened.otherClients()).isEqualTo(1);
    }
  }

  @Test
  void readerAloneSeesNobody() {
    source.close();
    try (PythonSource opened = openAsReader()) {
      assertThat(opened.otherClients()).isZero();
    }
  }

  @Test
  void whoMayOnlySelectMayNotWrite() {
    try (PythonSource opened = openAsReader()) {
      assertThat(opened.mayWrite()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT ON google_notification_history",
        "UPDATE ON runtime",
        "UPDATE (plan) ON payments",
        "DELETE ON revocations",
        "TRUNCATE ON user_errors"
      })
  void anyRightToWriteCounts(String right) {
    source.execute("GRANT " + right + " TO " + READER);

    try (PythonSource opened = openAsReader()) {
      assertThat(opened.mayWrite()).isTrue();
    }
  }
}
