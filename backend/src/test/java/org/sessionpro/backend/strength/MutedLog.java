package org.sessionpro.backend.strength;

import ch.qos.logback.classic.Logger;
import java.util.List;
import org.sessionpro.backend.http.Dispatcher;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.LoggerFactory;

/// Keeps out of the output of a test what it expects a server in this process to log.
final class MutedLog implements AutoCloseable {
  private static final Logger BACKEND = (Logger) LoggerName.BACKEND.logger();
  private static final Logger DISPATCHER = (Logger) LoggerFactory.getLogger(Dispatcher.class);

  private final List<Logger> muted;

  private MutedLog(List<Logger> muted) {
    this.muted = muted;
    muted.forEach(logger -> logger.setAdditive(false));
  }

  /// That somebody made a call that only development mode answers.
  static MutedLog ofCalls() {
    return new MutedLog(List.of(BACKEND));
  }

  /// That, and every fault with its stack trace.
  static MutedLog ofFaults() {
    return new MutedLog(List.of(BACKEND, DISPATCHER));
  }

  @Override
  public void close() {
    muted.forEach(logger -> logger.setAdditive(true));
  }
}
