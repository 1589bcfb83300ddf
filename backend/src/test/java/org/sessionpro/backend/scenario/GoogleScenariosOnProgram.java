package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.google.script.GoogleScenarios;
import org.sessionpro.simulator.script.Script;

/// The 48 scenarios of `google-play.md` §12.3.
///
/// Every build plays two of the ten seeds of the 29th on the program, and all of them in process
/// ([GoogleScenariosInProcessTest]); of the thousand purchases of the 48th (`decisions-stores.md` §7) it
/// plays a hundred, for the others would take longer than all other scenarios together. With
/// `-Dscenarios.full=true` the program plays a hundred seeds and ten thousand purchases.
abstract class GoogleScenariosOnProgram extends ScenariosOnProgram {
  /// Waits for real time to pass, so others go on beside it.
  private static final int SLOW_READ = 36;

  /// Waits for its turns at Google, which are real time, too.
  private static final int CROWD = 48;

  private static final Set<Integer> ALONE = Set.of(SLOW_READ, CROWD);

  /// [GoogleScenariosInProcessTest] plays as many as a scenario names.
  private static final int SEEDS = 2;

  GoogleScenariosOnProgram(Engine engine, Set<String> usual) {
    super(engine, usual);
  }

  @Override
  List<String> files() {
    return GoogleScenarios.files();
  }

  @Override
  Script script(String file, Map<String, String> parameters) {
    return GoogleScenarios.script(file, parameters);
  }

  @Override
  Map<String, String> parameters(String file, int seed) {
    return file.startsWith("48")
        ? Map.of("crowd", FULL ? "10000" : "100", "rounds", FULL ? "110" : "2")
        : Map.of("seed", Integer.toString(seed));
  }

  @Override
  int seeds(Script.Title title) {
    return SEEDS;
  }

  @Override
  boolean isAlone(Script.Title title) {
    return title.ownProcess() || ALONE.contains(title.number());
  }

  @Override
  ProgramUnderTest<?> program(Engine engine, Path folder, Script.@Nullable Title title)
      throws IOException {
    return new ProgramUnderTest<>(engine, folder, GoogleOfProgram::new);
  }
}
