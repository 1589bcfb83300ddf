package org.sessionpro.backend.strength;

import ch.qos.logback.classic.Logger;
import org.sessionpro.backend.telemetry.LoggerName;

/// Keeps out of the output of a test what it expects a server in this process to log.
final class MutedLog implements AutoCloseable {
  private static final Logger BACKEND = (Logger) LoggerName.BACKEND.logger();

  private MutedLog() {
    BACKEND.setAdditive(false);
  }

  /// Requests that fail, each with its stack trace, and calls that only development mode answers.
  static MutedLog ofRequests() {
    return new MutedLog();
  }

  @Override
  public void close() {
    BACKEND.setAdditive(true);
  }
}
