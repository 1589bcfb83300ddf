package org.sessionpro.backend.jobs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.sessionpro.backend.telemetry.LoggerName;

/// What jobs log, from DEBUG on.
final class LogLines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerName.BACKEND.logger();
  private final Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  LogLines() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(lines);
  }

  List<String> at(Level level) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }
}
