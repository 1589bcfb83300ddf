package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.SessionWebhook;
import org.slf4j.LoggerFactory;

/// The log of the process: lines on standard error and perhaps in a file, each written by a thread of
/// its own; and what is posted to session webhooks.
///
/// Before [#start(LogSettings)], and in programs that never call it, only warnings and worse appear.
/// The library finds this class by its service file.
public final class Logging extends ContextAwareBase implements Configurator {
  /// Lines that may wait for the console, and as many for the file.
  private static final int QUEUE = 8_192;

  /// What libraries may log, whatever the level of the program: their INFO is about themselves.
  private static final LogLevel LEAST_OF_LIBRARIES = LogLevel.WARNING;

  /// Loggers of the HTTP library whose warnings repeat what a client sent.
  private static final List<String> REPEAT_CLIENTS =
      List.of("org.eclipse.jetty.http.HttpParser", "org.eclipse.jetty.util.HostPort");

  /// At which a log file is turned over, in bytes (`operator-v0.md` §1.1).
  private static final long LOG_FILE = 64L * 1_024 * 1_024;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    install(context, new LogSettings(LogLevel.WARNING));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Logs from now on what `settings` asks for. If there is to be a file and it cannot be written to,
  /// or another process writes to it, the lines go to standard error alone, and the first one says so:
  /// no service stands still for the sake of its log.
  public static void start(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.start();
    install(context, settings);
  }

  /// Has a command write to the file what a server would log ([CommandLog]), if there is to be a file
  /// (`operator-v1.md` §1.2, "non-server invocations"). Standard error gets warnings and worse, as
  /// without it: what a command has done stands in its output. Nothing is posted anywhere.
  public static void startCommand(LogSettings settings) {
    Path file = settings.file();
    if (file == null) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LogSettings plain = new LogSettings(LogLevel.WARNING);
    LineQueue console = queue(context, console(context, plain), settings);
    ThresholdFilter warnings = new ThresholdFilter();
    warnings.setLevel(Level.WARN.levelStr);
    warnings.start();
    console.addFilter(warnings);
    root.addAppender(console);
    root.addAppender(CommandLog.to(file, encoder(context, settings), context));
    setLevels(context, settings);
  }

  /// Writes what still waits, at the end of the process. Nothing is logged afterwards.
  public static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  /// Has a text posted to the session webhooks, if there are any, whatever the level of the log.
  ///
  /// @param text of perhaps several lines; at most 2 000 characters with its time are posted
  public static void announce(Instant at, String text) {
    Logger root =
        ((LoggerContext) LoggerFactory.getILoggerFactory())
            .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender(Webhooks.NAME) instanceof Webhooks webhooks) {
      webhooks.announce(at, text);
    }
  }

  private static void install(LoggerContext context, LogSettings settings) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(RequestMark.of(context));
    root.addAppender(LogCounts.appender(context));
    root.addAppender(queue(context, console(context, settings), settings));
    Optional<String> problem =
        Optional.ofNullable(settings.file()).flatMap(file -> addFile(context, file, settings));
    if (settings.webhooks().stream().anyMatch(SessionWebhook::enabled)) {
      root.addAppender(webhooks(context, settings));
    }
    setLevels(context, settings);
    problem.ifPresent(it ->
        context
            .getLogger(LoggerName.PRO.text())
            .error("{}: the log goes to standard error alone", it));
  }

  /// @return why there is no file
  private static Optional<String> addFile(LoggerContext context, Path file, LogSettings settings) {
    try {
      Appender<ILoggingEvent> appender =
          LogFile.open(file, LOG_FILE, encoder(context, settings), context);
      context
          .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
          .addAppender(queue(context, appender, settings));
      return Optional.empty();
    } catch (UncheckedIOException impossible) {
      return Optional.ofNullable(impossible.getMessage());
    }
  }

  private static void setLevels(LoggerContext context, LogSettings settings) {
    LogLevel level = settings.level();
    context
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
        .setLevel(levelOf(level.compareTo(LEAST_OF_LIBRARIES) < 0 ? LEAST_OF_LIBRARIES : level));
    for (LoggerName name : LoggerName.values()) {
      context.getLogger(name.text()).setLevel(levelOf(level));
    }
    settings.levels().forEach((name, least) -> context.getLogger(name).setLevel(levelOf(least)));
    if (!settings.unsafe()) {
      REPEAT_CLIENTS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    }
  }

  private static LineQueue queue(
      LoggerContext context, Appender<ILoggingEvent> appender, LogSettings settings) {
    LineQueue queue = new LineQueue(context, QUEUE);
    if (asksForCriticalOnly(settings)) {
      queue.addFilter(criticalOnly(settings));
    }
    queue.addAppender(appender);
    queue.start();
    return queue;
  }

  private static ConsoleAppender<ILoggingEvent> console(
      LoggerContext context, LogSettings settings) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder(context, settings));
    console.setTarget("System.err");
    console.start();
    return console;
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(
      LoggerContext context, LogSettings settings) {
    LayoutBase<ILoggingEvent> layout =
        switch (settings.format()) {
          case TEXT -> new LogLine(ZoneId.systemDefault());
          case JSON -> new JsonLine();
        };
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static Webhooks webhooks(LoggerContext context, LogSettings settings) {
    Webhooks webhooks = Webhooks.open(settings.webhooks(), ZoneId.systemDefault());
    webhooks.setContext(context);
    if (asksForCriticalOnly(settings)) {
      webhooks.addFilter(criticalOnly(settings));
    }
    webhooks.start();
    return webhooks;
  }

  private static boolean asksForCriticalOnly(LogSettings settings) {
    return settings.level() == LogLevel.CRITICAL
        || settings.levels().containsValue(LogLevel.CRITICAL);
  }

  /// What the library cannot tell apart: it has no severity above ERROR.
  private static Filter<ILoggingEvent> criticalOnly(LogSettings settings) {
    Filter<ILoggingEvent> filter =
        new Filter<>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            return levelFor(event.getLoggerName(), settings) == LogLevel.CRITICAL
                    && Severity.of(event) != LogLevel.CRITICAL
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
          }
        };
    filter.start();
    return filter;
  }

  /// Of the logger itself, or of the nearest one above it that has one.
  private static LogLevel levelFor(String logger, LogSettings settings) {
    for (String name = logger; !name.isEmpty(); name = above(name)) {
      LogLevel level = settings.levels().get(name);
      if (level != null) {
        return level;
      }
    }
    return settings.level();
  }

  private static String above(String logger) {
    return logger.substring(0, Math.max(logger.lastIndexOf('.'), 0));
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
