package org.sessionpro.backend.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.config.ConfigurationError.Problem;
import org.sessionpro.backend.config.SettingSource.Given;
import org.sessionpro.backend.config.SettingSource.Warning;

/// The settings of a process, and how they came about.
///
/// @param given what was said of each setting and where, for those that somebody said something of;
///     values may be secret
/// @param others the same for what is no [Setting]: levels of single loggers and webhooks
/// @param warnings for the operator
public record Configuration(
    Settings settings, Map<Setting, Given> given, List<Given> others, List<Warning> warnings) {
  public Configuration {
    given = Map.copyOf(given);
    others = List.copyOf(others);
    warnings = List.copyOf(warnings);
  }

  /// The file that settings were read from, as it was named.
  public Optional<String> file() {
    return Optional.ofNullable(given.get(Setting.INI_PATH)).map(Given::text);
  }

  /// What holds of every setting, for people: no value shows a secret.
  public List<ShownSetting> shown() {
    return new SettingsView(this).all();
  }

  /// The same problems, of which those with what a setting names say where it was set.
  public ConfigurationError placed(ConfigurationError found) {
    return new ConfigurationError(found.problems().stream().map(this::placed).toList());
  }

  Problem placed(Problem problem) {
    Setting setting = problem.setting();
    if (setting == null) {
      return problem;
    }
    Given place =
        given.getOrDefault(setting, new Given("", setting.inFile(), ShownSetting.DEFAULT));
    return new Problem(place.source(), place.name(), problem.expected());
  }
}
