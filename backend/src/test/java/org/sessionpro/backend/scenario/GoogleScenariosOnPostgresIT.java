package org.sessionpro.backend.scenario;

import java.util.Set;
import org.sessionpro.backend.db.Engine;

/// Those whose outcome rests most on the engine (`decisions-stores.md` §7) on PostgreSQL.
class GoogleScenariosOnPostgresIT extends GoogleScenariosOnProgram {
  private static final Set<String> USUAL =
      Set.of(
          "03", "12", "15", "16", "21", "28", "29", "30", "32", "37", "38", "40", "41", "43", "45",
          "47");

  GoogleScenariosOnPostgresIT() {
    super(Engine.POSTGRESQL, USUAL);
  }
}
