package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The console does not take a line until the test lets it.
class LineQueueTest {
  private static final int PLACES = 20;

  private static final String TELLING =
      "WARN lines that came faster than the log is written, and were dropped: ";

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("backend");
  private final CountDownLatch open = new CountDownLatch(1);
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    AppenderBase<ILoggingEvent> slow =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            try {
              open.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
            written.add(event.getLevel() + " " + event.getFormattedMessage());
          }
        };
    slow.setContext(context);
    slow.start();
    LineQueue queue = new LineQueue(context, PLACES);
    queue.addAppender(slow);
    queue.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(queue);
  }

  @AfterEach
  void stop() {
    open.countDown();
    context.stop();
  }

  private List<String> whatIsWritten() {
    open.countDown();
    context.stop();
    return written;
  }

  private void crowd(int lines) {
    for (int i = 0; i < lines; i++) {
      logger.info(Severity.CROWD, "proof issued");
    }
  }

  @Test
  void linesAboutMoneyFindAPlaceWhereTheCrowdHasTakenAllOthers() {
    crowd(2 * PLACES);
    logger.info("renewed");

    assertThat(whatIsWritten()).contains("INFO renewed").hasSizeLessThan(2 * PLACES);
  }

  @Test
  void whatIsDroppedIsCountedAndTold() {
    long before = LogCounts.ofDropped();
    crowd(2 * PLACES);
    long dropped = LogCounts.ofDropped() - before;

    assertThat(dropped).isBetween(1L, 2L * PLACES);
    assertThat(whatIsWritten().stream().filter(line -> line.startsWith(TELLING)).toList())
        .isNotEmpty()
        .extracting(line -> Long.parseLong(line.substring(TELLING.length())))
        .satisfies(
            told -> assertThat(told.stream().mapToLong(Long::longValue).sum()).isEqualTo(dropped));
  }

  @Test
  void aQueueThatKeepsUpDropsNothing() {
    crowd(PLACES / 2);
    logger.debug("a detail");

    assertThat(whatIsWritten()).hasSize(PLACES / 2 + 1).last().isEqualTo("DEBUG a detail");
  }
}
