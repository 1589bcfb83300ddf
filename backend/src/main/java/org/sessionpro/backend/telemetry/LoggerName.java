package org.sessionpro.backend.telemetry;

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

  private final String text;

  LoggerName(String text) {
    this.text = text;
  }

  /// The name in log lines.
  public String text() {
    return text;
  }

  /// The logger of that name.
  public Logger logger() {
    return LoggerFactory.getLogger(text);
  }
}
