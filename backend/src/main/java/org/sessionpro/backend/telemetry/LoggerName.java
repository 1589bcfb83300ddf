package org.sessionpro.backend.telemetry;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loggers of this program (`operator-v1.md` §1.2). Everything else that logs is a library.
public enum LoggerName {
  /// Start, stop, configuration, command line.
  PRO("pro"),
  /// Requests, ledger, jobs.
  BACKEND("backend"),
  GOOGLE_PLAY("google_play"),
  APP_STORE("app_store");

  /// Our own classes, where they log in their own names.
  private static final String CODE = "org.sessionpro.";

  private final String text;

  LoggerName(String text) {
    this.text = text;
  }

  /// The name in log lines.
  public String text() {
    return text;
  }

  /// Whether the logger of that name is the program's, and no library's.
  static boolean isOwn(String logger) {
    return logger.startsWith(CODE)
        || Arrays.stream(values()).anyMatch(own -> own.text.equals(logger));
  }

  /// The logger of that name.
  public Logger logger() {
    return LoggerFactory.getLogger(text);
  }
}
