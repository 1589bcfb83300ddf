package org.sessionpro.backend.http;

import java.util.Map;

/// How busy a server is at this moment.
///
/// @param connections that are open, idle ones too
/// @param mostConnections that may be open at once
/// @param gates of every lane
public record ServerLoad(int connections, int mostConnections, Map<Lane, AtGate> gates) {
  public ServerLoad {
    gates = Map.copyOf(gates);
  }

  /// The requests of a lane.
  ///
  /// @param working that are worked on
  /// @param waiting for their turn
  public record AtGate(int working, int waiting) {}
}
