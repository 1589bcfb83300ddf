package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// How many lines of which weight the program's loggers have written: one look at it tells whether
/// somebody should read the log. Of the process as a whole, as the log is.
public final class LogCounts {
  /// What a line asks of those who read it.
  public enum Weight {
    /// Something to know.
    WARNING,
    /// Something to look at.
    ERROR,
    /// A customer is affected and a human must act.
    CRITICAL
  }

  private static final Map<LoggerName, Tally<Weight>> COUNTS = new EnumMap<>(LoggerName.class);

  private static final Tally<Weight> BACKEND = Tally.of(Weight.class);
  private static final Tally<Weight> LIBRARIES = Tally.of(Weight.class);

  static {
    for (LoggerName name : LoggerName.values()) {
      COUNTS.put(name, name == LoggerName.BACKEND ? BACKEND : Tally.of(Weight.class));
    }
  }

  private static final LongAdder DROPPED = new LongAdder();

  private LogCounts() {}

  static void dropped() {
    DROPPED.increment();
  }

  /// The lines that came faster than they could be written. One that misses in the console and in the
  /// file counts twice.
  public static long ofDropped() {
    return DROPPED.sum();
  }

  /// The lines of each of the program's loggers.
  public static Map<LoggerName, Tally<Weight>> ofProgram() {
    return Collections.unmodifiableMap(COUNTS);
  }

  /// The lines of all libraries.
  public static Tally<Weight> ofLibraries() {
    return LIBRARIES;
  }

  /// Counts what is logged in `context`.
  static Appender<ILoggingEvent> appender(LoggerContext context) {
    Appender<ILoggingEvent> counting =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            weight(event).ifPresent(tally(event.getLoggerName())::count);
          }
        };
    counting.setContext(context);
    counting.start();
    return counting;
  }

  private static Tally<Weight> tally(String logger) {
    for (Map.Entry<LoggerName, Tally<Weight>> own : COUNTS.entrySet()) {
      if (own.getKey().text().equals(logger)) {
        return own.getValue();
      }
    }
    return LoggerName.isOwn(logger) ? BACKEND : LIBRARIES;
  }

  private static Optional<Weight> weight(ILoggingEvent event) {
    if (event.getLevel().toInt() < Level.WARN_INT) {
      return Optional.empty();
    }
    return switch (Severity.of(event)) {
      case CRITICAL -> Optional.of(Weight.CRITICAL);
      case ERROR -> Optional.of(Weight.ERROR);
      case WARNING -> Optional.of(Weight.WARNING);
      case INFO, DEBUG -> Optional.empty();
    };
  }
}
