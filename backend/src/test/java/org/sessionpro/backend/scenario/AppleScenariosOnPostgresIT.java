package org.sessionpro.backend.scenario;

import java.util.Set;
import org.sessionpro.backend.db.Engine;

/// Those whose outcome rests most on the engine (`decisions-stores.md` §7) on PostgreSQL.
class AppleScenariosOnPostgresIT extends AppleScenariosOnProgram {
  private static final Set<String> USUAL =
      Set.of("03", "05", "14", "19", "20", "22", "34", "36", "41", "43", "44", "46");

  AppleScenariosOnPostgresIT() {
    super(Engine.POSTGRESQL, USUAL);
  }
}
