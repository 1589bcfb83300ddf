package org.sessionpro.backend.scenario;

import java.util.Set;
import org.sessionpro.backend.db.Engine;

/// All of them on SQLite.
class AppleScenariosIT extends AppleScenariosOnProgram {
  AppleScenariosIT() {
    super(Engine.SQLITE, Set.of());
  }
}
