package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.simulator.google.script.GoogleScenarios;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptReport;

/// The scenarios of the contract that need no process, played without one: what is wrong with the
/// parts shows here in a second.
class GoogleScenariosInProcessTest {
  /// Limits of how often Google is asked, and time-outs, are real time; and only a process notices that
  /// time has passed before it is told to settle.
  private static final List<String> NEED_A_PROCESS = List.of("18", "33", "36", "48");

  @TempDir private static Path folder;
  private static EmptyDatabases databases;

  @BeforeAll
  static void prepare() {
    databases = new EmptyDatabases(folder);
  }

  static List<String> files() {
    return GoogleScenarios.files().stream()
        .filter(file -> !NEED_A_PROCESS.contains(file.substring(0, 2)))
        .filter(file -> !GoogleScenarios.script(file, Map.of()).title().ownProcess())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theScenarioGoesAsItSays(String file) {
    Script script = GoogleScenarios.script(file, Map.of());
    for (int seed = 1; seed <= script.title().seeds(); seed++) {
      try (Workplace at = new Workplace(databases.next(), folder, seed)) {
        ScriptReport report =
            at.runner().run(GoogleScenarios.script(file, Map.of("seed", "" + seed)), "run " + seed);

        assertThat(report.met()).isNotEmpty();
      }
    }
  }
}
