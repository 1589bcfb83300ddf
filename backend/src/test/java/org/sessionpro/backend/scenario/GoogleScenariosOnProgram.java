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
/// plays a hundred, for the others would take longer than all other scenarios together.
/// `-Dscenarios.google.seeds=10` and `-Dscenarios.google.crowd=1000` play as many as the contract says,
/// `-Dscenarios.full=true` a hundred seeds and ten thousand purchases.
abstract class GoogleScenariosOnProgram extends ScenariosOnProgram {
  /// Waits for real time to pass, so others go on beside it.
  private static final int SLOW_READ = 36;

  /// Waits for its turns at Google, which are real time, too.
  private static final int CROWD = 48;

  private static final Set<Integer> ALONE = Set.of(SLOW_READ, CROWD);

  /// [GoogleScenariosInProcessTest] plays as many as a scenario names.
  private static final int SEEDS = Integer.getInteger("scenarios.google.seeds", 2);

  private static final int PURCHASES =
      Integer.getInteger("scenarios.google.crowd", FULL ? 10_000 : 100);

  /// Of 20 s, in which Google may be asked 200 times: to read each purchase and to acknowledge it.
  private static final int ROUNDS = 1 + PURCHASES * 14 / 1000;

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
        ? Map.of("crowd", Integer.toString(PURCHASES), "rounds", Integer.toString(ROUNDS))
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
