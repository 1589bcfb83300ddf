package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Marker;

/// Lines that wait until a thread of its own has written them to the console or a file.
///
/// When four fifths of the places are taken, what comes in crowds is dropped, and counted: details, and
/// lines of which there is one for each request ([Severity#CROWD]). All others, what concerns money
/// above all, are never dropped; when every place is taken, whoever has one to log waits.
final class LineQueue extends AsyncAppender {
  /// How long the end of the process waits for a console that takes no lines, in milliseconds.
  private static final int LONGEST_FLUSH = 5_000;

  private final int places;
  private final AtomicLong untold = new AtomicLong();

  /// @param places how many lines may wait
  LineQueue(LoggerContext context, int places) {
    this.places = places;
    setContext(context);
    setQueueSize(places);
    setMaxFlushTime(LONGEST_FLUSH);
  }

  /// Asked only while the places run out.
  @Override
  protected boolean isDiscardable(ILoggingEvent event) {
    List<Marker> markers = event.getMarkerList();
    boolean drops =
        event.getLevel().toInt() < Level.INFO_INT
            || (markers != null && markers.contains(Severity.CROWD));
    if (drops) {
      untold.incrementAndGet();
      LogCounts.dropped();
    }
    return drops;
  }

  @Override
  protected void append(ILoggingEvent event) {
    super.append(event);
    if (untold.get() > 0 && getRemainingCapacity() > places / 2) {
      tell();
    }
  }

  /// Says how many lines were dropped, once there is room again.
  private void tell() {
    long dropped = untold.getAndSet(0);
    if (dropped > 0) {
      super.append(
          new LoggingEvent(
              LineQueue.class.getName(),
              ((LoggerContext) getContext()).getLogger(LoggerName.PRO.text()),
              Level.WARN,
              "lines that came faster than the log is written, and were dropped: {}",
              null,
              new Object[] {dropped}));
    }
  }

  @Override
  public void stop() {
    if (isStarted() && getRemainingCapacity() > 0) {
      tell();
    }
    super.stop();
  }
}
