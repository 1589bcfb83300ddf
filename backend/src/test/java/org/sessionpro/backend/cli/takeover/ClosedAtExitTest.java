package org.sessionpro.backend.cli.takeover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;

class ClosedAtExitTest {
  private static final String SCHEMA = "pro_import_abandoned";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void rehearsalThatIsBrokenOffLeavesNothing(Engine engine) throws Exception {
    DatabaseUrl ledger = engine.empty(folder);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AbandonedRehearsal.class.getName(),
                Engine.text(ledger),
                SCHEMA)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.lines().anyMatch("ready"::equals)).isTrue();
      assertThat(isThere(ledger, temporary)).isTrue();

      process.destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(isThere(ledger, temporary)).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isThere(DatabaseUrl ledger, Path temporary) throws Exception {
    if (ledger instanceof DatabaseUrl.Sqlite) {
      try (Stream<Path> found = Files.list(temporary)) {
        return found.anyMatch(one -> one.getFileName().toString().startsWith("session-pro-"));
      }
    }
    try (Database database = Databases.open(ledger)) {
      return database.<Boolean>read(handle ->
          handle
              .createQuery(
                  "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = :name) AS there")
              .bind("name", SCHEMA)
              .map((row, _) -> row.getBoolean("there"))
              .one());
    }
  }
}
