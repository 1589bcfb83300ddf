package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.slf4j.LoggerFactory;

/// The log of the process: lines on standard error, written by a thread of its own.
///
/// Before [#start(LogSettings)], and in programs that never call it, only warnings and worse appear.
/// The library finds this class by its service file.
public final class Logging extends ContextAwareBase implements Configurator {
  /// Lines that may wait for the console. When four fifths are taken, lines below WARNING are
  /// dropped; a caller waits only when all are.
  private static final int QUEUE = 8_192;

  /// What libraries may log, whatever the level of the program: their INFO is about themselves.
  private static final LogLevel LEAST_OF_LIBRARIES = LogLevel.WARNING;

  /// Loggers of the HTTP library whose warnings repeat what a client sent.
  private static final List<String> REPEAT_CLIENTS =
      List.of("org.eclipse.jetty.http.HttpParser", "org.eclipse.jetty.util.HostPort");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    install(context, LogLevel.WARNING);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Logs from now on what `settings` asks for.
  public static void start(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.start();
    install(context, settings.level());
  }

  /// Writes what still waits, at the end of the process. Nothing is logged afterwards.
  public static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static void install(LoggerContext context, LogLevel level) {
    ConsoleAppender<ILoggingEvent> console = console(context, level);
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(QUEUE);
    async.addAppender(console);
    async.start();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(async);
    root.addAppender(LogCounts.appender(context));
    root.setLevel(levelOf(level.compareTo(LEAST_OF_LIBRARIES) < 0 ? LEAST_OF_LIBRARIES : level));
    REPEAT_CLIENTS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    for (LoggerName name : LoggerName.values()) {
      context.getLogger(name.text()).setLevel(levelOf(level));
    }
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, LogLevel level) {
    LogLine layout = new LogLine(ZoneId.systemDefault());
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.setTarget("System.err");
    if (level == LogLevel.CRITICAL) {
      console.addFilter(criticalOnly());
    }
    console.start();
    return console;
  }

  private static Filter<ILoggingEvent> criticalOnly() {
    Filter<ILoggingEvent> filter =
        new Filter<>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            return Severity.of(event) == LogLevel.CRITICAL ? FilterReply.NEUTRAL : FilterReply.DENY;
          }
        };
    filter.start();
    return filter;
  }

  private static Level levelOf(LogLevel level) {
    return switch (level) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARN;
      case ERROR, CRITICAL -> Level.ERROR;
    };
  }
}
