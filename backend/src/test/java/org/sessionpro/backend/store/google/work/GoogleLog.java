package org.sessionpro.backend.store.google.work;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;

/// What is logged about Google Play, whatever tests show of it otherwise.
public final class GoogleLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerName.GOOGLE_PLAY.logger();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final @Nullable Level usual = logger.getLevel();

  public GoogleLog() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  public List<String> at(Level level) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.setLevel(usual);
    logger.detachAppender(lines);
  }
}
