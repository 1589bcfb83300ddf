package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.time.Duration;

/// How an SQLite ledger is copied while the server runs (`operator-v0.md` §3).
///
/// @param directory where the copies are put, default the folder that the ledger is in
/// @param interval between two copies, whole seconds from 60 s to 365 days, default a day
public record BackupSettings(Path directory, Duration interval) {
  static final Duration DEFAULT_INTERVAL = Duration.ofDays(1);
  static final Duration MIN_INTERVAL = Duration.ofMinutes(1);
  static final Duration MAX_INTERVAL = Duration.ofDays(365);
}
