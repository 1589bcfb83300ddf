package org.sessionpro.backend.jobs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;

/// What jobs log, from DEBUG on; those of a store have a logger of their own.
final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level before;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  LogLines() {
    this(LoggerName.BACKEND);
  }

  LogLines(LoggerName name) {
    logger = (Logger) name.logger();
    before = logger.getLevel();
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
