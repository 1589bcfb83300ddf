package org.sessionpro.backend.config;

/// How lines of the log are written.
public enum LogFormat {
  /// For people (`operator-v1.md` §5).
  TEXT,
  /// One JSON object a line, for programs.
  JSON
}
