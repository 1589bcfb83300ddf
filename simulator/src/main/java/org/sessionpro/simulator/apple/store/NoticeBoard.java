package org.sessionpro.simulator.apple.store;

import java.time.Instant;

/// Where the store puts what it has to tell.
public interface NoticeBoard {
  /// Something is to be told.
  ///
  /// @param at when it happened
  void publish(Instant at, Notice notice);
}
