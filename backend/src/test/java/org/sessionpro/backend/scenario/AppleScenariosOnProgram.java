package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.apple.script.AppleScenarios;
import org.sessionpro.simulator.script.Script;

/// The 46 scenarios of `app-store.md` §9.4.
abstract class AppleScenariosOnProgram extends ScenariosOnProgram {
  /// Is about two processes on one database.
  private static final int TWO_SERVERS = 43;

  AppleScenariosOnProgram(Engine engine, Set<String> usual) {
    super(engine, usual);
  }

  @Override
  List<String> files() {
    return AppleScenarios.files();
  }

  @Override
  Script script(String file, Map<String, String> parameters) {
    return AppleScenarios.script(file, parameters);
  }

  @Override
  Map<String, String> parameters(String file, int seed) {
    return Map.of("seed", Integer.toString(seed));
  }

  @Override
  int seeds(Script.Title title) {
    return title.seeds();
  }

  @Override
  boolean isAlone(Script.Title title) {
    return title.ownProcess();
  }

  @Override
  ProgramUnderTest<?> program(Engine engine, Path folder, Script.@Nullable Title title)
      throws IOException {
    int processes = title != null && title.number() == TWO_SERVERS ? 2 : 1;
    return new ProgramUnderTest<>(engine, folder, AppleOfProgram::new, processes);
  }
}
