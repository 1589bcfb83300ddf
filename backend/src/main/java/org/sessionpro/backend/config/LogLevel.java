package org.sessionpro.backend.config;

/// Severity of a log line (`operator-v1.md` §1.2).
public enum LogLevel {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  /// A customer is affected and a human must act.
  CRITICAL
}
