package org.sessionpro.backend.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.config.SettingSource.Given;
import org.sessionpro.backend.config.SettingSource.Warning;

/// The settings of a process, and how they came about.
///
/// @param given what was said of each setting and where, for those that somebody said something of;
///     values may be secret
/// @param warnings for the operator
public record Configuration(Settings settings, Map<Setting, Given> given, List<Warning> warnings) {
  public Configuration {
    given = Map.copyOf(given);
    warnings = List.copyOf(warnings);
  }

  /// Settings that nobody said anything of.
  public static Configuration of(Settings settings) {
    return new Configuration(settings, Map.of(), List.of());
  }

  /// The file that settings were read from, as it was named.
  public Optional<String> file() {
    return Optional.ofNullable(given.get(Setting.INI_PATH)).map(Given::text);
  }
}
