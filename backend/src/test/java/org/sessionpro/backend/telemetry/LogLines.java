package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.LogLevel;

/// What one of the program's loggers writes, from DEBUG on.
public final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level before;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  /// Of what is of no store.
  public LogLines() {
    this(LoggerName.BACKEND);
  }

  public LogLines(LoggerName name) {
    logger = (Logger) name.logger();
    before = logger.getLevel();
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(lines);
  }

  public List<String> at(Level level) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /// What asks for somebody at once.
  public List<String> critical() {
    return List.copyOf(lines.list).stream()
        .filter(line -> Severity.of(line) == LogLevel.CRITICAL)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /// Leaves aside what was logged so far.
  public void forget() {
    lines.list.clear();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }
}
