package org.sessionpro.simulator.google.pubsub;

import java.time.Duration;

/// What becomes of a notification on its way.
public sealed interface Handling {
  /// It arrives.
  record Sent() implements Handling {}

  /// It never arrives.
  record Lost() implements Handling {}

  /// It waits until [Delivery#release] lets it go.
  record Held() implements Handling {}

  /// It arrives later.
  record Late(Duration by) implements Handling {}

  /// It arrives at some moment of a window, so that several come out of order.
  record Shuffled(Duration within) implements Handling {}

  /// It arrives several times.
  ///
  /// @param sameId as one message delivered again; otherwise as different messages
  record Repeated(int copies, boolean sameId) implements Handling {}

  /// It arrives, but is not what it should be.
  record Spoiled(Spoilage how) implements Handling {}
}
