package org.sessionpro.backend.scenario;

import java.util.List;
import java.util.Map;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.simulator.script.Stage;

/// A simulated store in this process, and the parts of a server that it concerns.
interface Storefront {
  StoreProvider provider();

  Stage stage();

  /// Takes what the store has to tell by now.
  ///
  /// @return whether there was something
  boolean receive();

  Map<WorkKind, WorkHandler> handlers();

  List<Job> jobs();
}
