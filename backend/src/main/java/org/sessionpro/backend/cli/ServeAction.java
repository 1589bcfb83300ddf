package org.sessionpro.backend.cli;

import org.sessionpro.backend.config.Configuration;

/// Runs the server; what `pro serve` calls.
@FunctionalInterface
public interface ServeAction {

  /// Serves until the process is asked to stop.
  ///
  /// @throws RuntimeException whose message is for the operator, if the server cannot start
  void serve(Configuration configuration);
}
