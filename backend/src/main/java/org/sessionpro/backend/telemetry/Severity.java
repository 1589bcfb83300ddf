package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.LogLevel;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// The five severities of `operator-v1.md` §5 on top of a logging library that has no CRITICAL.
public final class Severity {
  /// Turns an error into a CRITICAL line: a customer is affected and a human must act.
  ///
  /// `logger.error(Severity.CRITICAL, "…")`
  public static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");

  /// On a line of which there is one for each request: dropped first when lines come faster than they
  /// are written.
  public static final Marker CROWD = MarkerFactory.getMarker("CROWD");

  private Severity() {}

  static LogLevel of(ILoggingEvent event) {
    return switch (event.getLevel().toInt()) {
      case Level.ERROR_INT ->
          isCritical(event.getMarkerList()) ? LogLevel.CRITICAL : LogLevel.ERROR;
      case Level.WARN_INT -> LogLevel.WARNING;
      case Level.INFO_INT -> LogLevel.INFO;
      default -> LogLevel.DEBUG;
    };
  }

  private static boolean isCritical(@Nullable List<Marker> markers) {
    return markers != null && markers.contains(CRITICAL);
  }
}
