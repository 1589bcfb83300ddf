package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.CountDownLatch;

/// The log of what is of no store while its console takes no lines; they wait in a short queue.
public final class StalledLog implements AutoCloseable {
  /// How many lines may wait.
  public static final int PLACES = 20;

  private final Logger logger = (Logger) LoggerName.BACKEND.logger();
  private final CountDownLatch open = new CountDownLatch(1);
  private final LineQueue queue = new LineQueue(logger.getLoggerContext(), PLACES);

  public StalledLog() {
    AppenderBase<ILoggingEvent> stalled =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            try {
              open.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          }
        };
    stalled.setContext(logger.getLoggerContext());
    stalled.start();
    queue.addAppender(stalled);
    queue.start();
    logger.addAppender(queue);
    logger.setAdditive(false);
  }

  @Override
  public void close() {
    open.countDown();
    logger.setAdditive(true);
    logger.detachAppender(queue);
    queue.stop();
  }
}
