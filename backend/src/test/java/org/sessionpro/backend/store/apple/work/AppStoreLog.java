package org.sessionpro.backend.store.apple.work;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;

/// What is logged about the App Store, from INFO on.
public final class AppStoreLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerName.APP_STORE.logger();
  private final @Nullable Level usual = logger.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  public AppStoreLog() {
    logger.setLevel(Level.INFO);
    lines.start();
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
    logger.detachAppender(lines);
    logger.setLevel(usual);
  }
}
