package org.sessionpro.simulator.google.notice;

import java.time.Instant;

/// Where Play puts its notices.
public interface NoticeBoard {
  /// Says what happened.
  ///
  /// @param eventTime when it happened, in whole milliseconds
  void publish(Instant eventTime, Notice notice);
}
