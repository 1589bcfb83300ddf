package org.sessionpro.bench.load;

import org.sessionpro.protocol.ByteString;

/// A request of one client, and which answers to it are right.
///
/// @param path where it is posted to
record Question(String path, ByteString body, Rule rule) {
  /// Tells a right answer from a wrong one.
  @FunctionalInterface
  interface Rule {
    /// Returns if the answer is right.
    ///
    /// @param answer the body that the endpoint answered with
    /// @throws WrongAnswer if it is not right
    void check(ByteString answer);
  }
}
