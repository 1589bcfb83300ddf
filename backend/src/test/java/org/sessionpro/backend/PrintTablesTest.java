package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.db.DbCommands;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.protocol.crypto.Crypto;

/// The switch of the first servers that prints the tables instead of serving (`operator-v0.md` §1.5).
class PrintTablesTest {
  @TempDir Path folder;
  private CapturedShell shell = new CapturedShell(Map.of());
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void makeTables() {
    Path file = folder.resolve("backend.db");
    Databases.open(new DatabaseUrl.Sqlite(file)).close();
    environment =
        Map.of("SESH_PRO_BACKEND_PRINT_TABLES", "1", "SESH_PRO_BACKEND_DB_PATH", file.toString());
  }

  @Test
  void theServerPrintsWhatDbPrintPrintsAndFails() {
    assertThat(run("serve")).isOne();
    String printed = shell.out();
    assertThat(shell.err())
        .isEqualTo(
            "pro: the tables were printed instead of serving, because SESH_PRO_BACKEND_PRINT_TABLES is 1\n");

    assertThat(run("db", "print")).isZero();
    assertThat(printed).startsWith("Table: accounts\n").isEqualTo(shell.out());
  }

  @Test
  void nothingIsMadeOnTheWay() {
    run("serve");

    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("backend.db", "backend.db.lock");
  }

  @Test
  void aDatabaseThatIsNotThereCannotBePrinted() {
    environment =
        Map.of(
            "SESH_PRO_BACKEND_PRINT_TABLES",
            "1",
            "SESH_PRO_BACKEND_DB_PATH",
            folder.resolve("other.db").toString());

    assertThat(run("serve")).isOne();
    assertThat(shell.err()).startsWith("pro: there is no database file ");
    assertThat(folder.resolve("other.db")).doesNotExist();
  }

  private int run(String... arguments) {
    shell = new CapturedShell(environment);
    Shell surroundings = shell.shell();
    return new Program(
            surroundings,
            new ServerProcess(
                surroundings,
                () -> {
                  throw new AssertionError("nothing is served");
                }),
            List.of(new DbCommands(surroundings, Crypto::selfTested, InstantSource.system())))
        .run(arguments);
  }
}
