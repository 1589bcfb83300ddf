package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.google.script.GoogleScenarios;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;

/// The scenarios of `google-play.md` §12.3, played on the real program: all but the crowd on SQLite.
/// Those that disturb the server have one of their own.
///
/// `-Dscenarios.full=true` plays all 48 of them on both engines, with more seeds and a larger crowd;
/// `-Dscenarios=03,12` only those.
class GoogleScenariosIT {
  private static final boolean FULL = Boolean.getBoolean("scenarios.full");

  /// Of a scenario that chance has a part in. [GoogleScenariosInProcessTest] plays as many as it names.
  private static final int SEEDS = FULL ? 100 : 2;

  private static final Set<String> ONLY =
      Arrays.stream(System.getProperty("scenarios", "").split(",", -1))
          .filter(number -> !number.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  /// Takes minutes of real time, because the limit of requests is one of real time.
  private static final String CROWD = "48";

  /// Counts what is undelivered, and what others have bought goes on living and says so.
  private static final String LATE_NOTICE = "31";

  /// An embedded database is locked for this one, which nobody can do to a server.
  private static final String DATABASE_DOWN = "43";

  @TempDir private static Path folder;
  private static final Map<Engine, ProgramUnderTest> SHARED = new EnumMap<>(Engine.class);

  static Stream<Arguments> scenarios() {
    return Stream.of(Engine.values())
        .flatMap(engine ->
            GoogleScenarios.files().stream()
                .filter(file -> isPlayedOn(engine, file))
                .map(file -> Arguments.of(engine, file)));
  }

  private static boolean isPlayedOn(Engine engine, String file) {
    String number = file.substring(0, 2);
    if (!ONLY.isEmpty() && !ONLY.contains(number)) {
      return false;
    }
    return switch (engine) {
      case SQLITE -> FULL || !number.equals(CROWD);
      case POSTGRESQL -> FULL && !number.equals(DATABASE_DOWN);
    };
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theScenarioGoesAsItSays(Engine engine, String file) throws IOException {
    Script.Title title = GoogleScenarios.script(file, Map.of()).title();
    int seeds = title.seeds() == 1 ? 1 : SEEDS;
    for (int seed = 1; seed <= seeds; seed++) {
      if (title.ownProcess() || file.startsWith(LATE_NOTICE)) {
        try (ProgramUnderTest own = program(engine)) {
          play(own, file, seed);
        }
      } else {
        play(shared(engine), file, seed);
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
  }

  private static Map<String, String> parameters(String file, int seed) {
    return FULL && file.startsWith("48")
        ? Map.of("crowd", "10000", "rounds", "110")
        : Map.of("seed", Integer.toString(seed));
  }

  private static ProgramUnderTest shared(Engine engine) throws IOException {
    ProgramUnderTest running = SHARED.get(engine);
    if (running == null) {
      running = program(engine);
      SHARED.put(engine, running);
    }
    return running;
  }

  private static ProgramUnderTest program(Engine engine) throws IOException {
    return new ProgramUnderTest(engine, Files.createTempDirectory(folder, "program"));
  }

  @AfterAll
  static void stop() {
    SHARED.values().forEach(ProgramUnderTest::close);
    SHARED.clear();
  }
}
