package org.sessionpro.simulator.apple.delivery;

import java.time.Duration;
import org.sessionpro.simulator.apple.document.Spoilage;

/// What becomes of a notification on its way.
public sealed interface Handling {
  /// It arrives.
  record Sent() implements Handling {}

  /// It never arrives, however often it is tried.
  ///
  /// @param remembered whether the history of notifications has it
  record Lost(boolean remembered) implements Handling {}

  /// It waits until [Delivery#release] lets it go.
  record Held() implements Handling {}

  /// It arrives later.
  record Late(Duration by) implements Handling {}

  /// It arrives at some moment of a window, so that several come out of order.
  record Shuffled(Duration within) implements Handling {}

  /// It arrives several times.
  ///
  /// @param sameId as one notification; otherwise each copy has an id of its own
  record Repeated(int copies, boolean sameId) implements Handling {}

  /// It arrives, but is not what it should be.
  record Spoiled(Spoilage how) implements Handling {}
}
