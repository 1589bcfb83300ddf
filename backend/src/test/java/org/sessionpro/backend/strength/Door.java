package org.sessionpro.backend.strength;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.DevCalls;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.http.clients.Way;
import org.sessionpro.backend.proof.ServerKey;

/// Everything that can be asked of one server in development mode.
record Door(V0Calls v0, V1Calls v1, DevCalls dev) {
  /// A server in a process of its own.
  static Door of(PackagedServer server) {
    return at(server.address());
  }

  /// Whatever answers there, in development mode.
  static Door at(InetSocketAddress address) {
    Caller caller =
        new Caller(address, ServerKey.development(RunningBackend.CRYPTO).publicKey(), Way.DIRECT);
    return of(caller, InstantSource.system());
  }

  /// A server in this process.
  static Door of(RunningBackend backend) {
    return of(new Caller(backend, Way.DIRECT), backend.clock());
  }

  private static Door of(Caller caller, InstantSource clock) {
    return new Door(new V0Calls(clock, caller), new V1Calls(clock, caller), new DevCalls(caller));
  }
}
