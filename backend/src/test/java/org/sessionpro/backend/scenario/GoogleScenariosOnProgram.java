package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.google.script.GoogleScenarios;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;

/// The scenarios of `google-play.md` §12.3, played on the real program over one engine. Those that
/// disturb the server have one of their own.
///
/// `-Dscenarios.full=true` plays all 48 of them on both engines, with more seeds and a larger crowd;
/// `-Dscenarios=03,12` only those.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GoogleScenariosOnProgram {
  private static final boolean FULL = Boolean.getBoolean("scenarios.full");

  /// Of a scenario that chance has a part in. [GoogleScenariosInProcessTest] plays as many as it names.
  private static final int SEEDS = FULL ? 100 : 2;

  private static final Set<String> ONLY =
      Arrays.stream(System.getProperty("scenarios", "").split(",", -1))
          .filter(number -> !number.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  /// Counts what is undelivered, and what others have bought goes on living and says so.
  private static final String LATE_NOTICE = "31";

  @TempDir private static Path folder;
  private final Engine engine;
  private final Set<String> usual;
  private final Set<String> never;
  private @Nullable ProgramUnderTest shared;

  /// @param usual the numbers of those that every build plays; empty are all
  /// @param never the numbers of those that cannot be played on this engine
  GoogleScenariosOnProgram(Engine engine, Set<String> usual, Set<String> never) {
    this.engine = engine;
    this.usual = usual;
    this.never = never;
  }

  List<String> scenarios() {
    return GoogleScenarios.files().stream().filter(file -> isPlayed(file.substring(0, 2))).toList();
  }

  private boolean isPlayed(String number) {
    Set<String> wanted = FULL || !ONLY.isEmpty() ? ONLY : usual;
    return (wanted.isEmpty() || wanted.contains(number)) && !never.contains(number);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theScenarioGoesAsItSays(String file) throws IOException {
    Script.Title title = GoogleScenarios.script(file, Map.of()).title();
    int seeds = title.seeds() == 1 ? 1 : SEEDS;
    for (int seed = 1; seed <= seeds; seed++) {
      if (title.ownProcess() || file.startsWith(LATE_NOTICE)) {
        try (ProgramUnderTest own = program()) {
          play(own, file, seed);
        }
      } else {
        play(shared(), file, seed);
      }
    }
  }

  private static void play(ProgramUnderTest program, String file, int seed) throws IOException {
    program.beginScript();
    ScriptReport report =
        new ScriptRunner(
                program.clock(), List.of(program.google().stage()), program, RunningBackend.CRYPTO)
            .run(GoogleScenarios.script(file, parameters(file, seed)), "run " + seed);

    assertThat(report.unchecked()).isEmpty();
    assertThat(program.toldInClear()).isEmpty();
  }

  private static Map<String, String> parameters(String file, int seed) {
    return file.startsWith("48")
        ? Map.of("crowd", FULL ? "10000" : "100", "rounds", FULL ? "110" : "2")
        : Map.of("seed", Integer.toString(seed));
  }

  private ProgramUnderTest shared() throws IOException {
    ProgramUnderTest running = shared;
    if (running == null) {
      running = program();
      shared = running;
    }
    return running;
  }

  private ProgramUnderTest program() throws IOException {
    return new ProgramUnderTest(engine, Files.createTempDirectory(folder, "program"));
  }

  @AfterAll
  void stop() {
    if (shared != null) {
      shared.close();
    }
  }
}
