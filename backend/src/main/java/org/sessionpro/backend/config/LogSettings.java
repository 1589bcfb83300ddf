package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is logged, and where (`operator-v1.md` §1.2 and §1.3).
///
/// @param level least severity that is written, default INFO
/// @param levels of single loggers, by their names; loggers below one of them follow it
/// @param file written to besides standard error, and turned over at 64 MiB; null for none
/// @param format default TEXT
/// @param unsafe whether identifiers are written as they are; never where real users are served
/// @param webhooks in the order of their numbers, with those that are switched off
public record LogSettings(
    LogLevel level,
    Map<String, LogLevel> levels,
    @Nullable Path file,
    LogFormat format,
    boolean unsafe,
    List<SessionWebhook> webhooks) {
  public LogSettings {
    levels = Map.copyOf(levels);
    webhooks = List.copyOf(webhooks);
  }

  /// Text on standard error, and nothing else.
  public LogSettings(LogLevel level) {
    this(level, Map.of(), null, LogFormat.TEXT, false, List.of());
  }
}
