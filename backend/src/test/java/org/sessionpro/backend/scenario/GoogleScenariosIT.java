package org.sessionpro.backend.scenario;

import java.util.Set;
import org.sessionpro.backend.db.Engine;

/// All of them on SQLite.
class GoogleScenariosIT extends GoogleScenariosOnProgram {
  GoogleScenariosIT() {
    super(Engine.SQLITE, Set.of());
  }
}
