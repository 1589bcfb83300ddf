package org.sessionpro.bench.hostile;

import java.io.IOException;

/// One way to hurt a server.
///
/// @param name one word or two, by which it is asked for
/// @param what its connections do
/// @param connections how many of them there are at a time
record Attack(String name, String what, int connections, Attacker attacker) {
  /// What one connection does, again and again while the attack lasts.
  @FunctionalInterface
  interface Attacker {
    /// Does it once, and counts the outcome.
    ///
    /// @throws IOException if the server ends the connection; counted by the caller
    void attack(Siege siege) throws IOException, InterruptedException;
  }
}
