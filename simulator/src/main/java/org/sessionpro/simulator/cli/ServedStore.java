package org.sessionpro.simulator.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.Vocabulary;

/// A simulated store that a command serves; what the commands of all stores need to know of it.
interface ServedStore {
  Stage stage();

  Vocabulary vocabulary();

  /// Everything that was bought, as JSON.
  byte[] state();

  /// Whether a server has shown itself.
  boolean isAttended();

  /// Whether a server that makes this request may be at rest all the same.
  boolean isIdle(Call call);

  /// How many messages a server could receive now and has not.
  int waiting();

  /// Starts to serve.
  ///
  /// @param port 0 is any free one
  /// @param others further desks, by the beginning of their paths
  Running serve(int port, Map<String, FrontDesk> others);

  /// Writes what points a server at it.
  void configure(Path folder, URI url);

  /// A store that is being served, until it is closed.
  interface Running extends AutoCloseable {
    URI url();

    @Override
    void close();
  }
}
