package org.sessionpro.backend.config;

import java.util.ArrayList;
import java.util.List;
import org.sessionpro.backend.config.ConfigurationError.Problem;

/// Settings as far as they could be read, and what is wrong with them.
///
/// @param configuration with the default in the place of everything that cannot be used
/// @param problems in the order they were found in; none if the settings can be used
/// @param whole whether every source could be read
public record SettingsReading(Configuration configuration, List<Problem> problems, boolean whole) {
  public SettingsReading {
    problems = List.copyOf(problems);
  }

  /// The problems, and then those of the files that settings name. What is wrong with the file of a
  /// setting that cannot be used itself says nothing, nor does what is at a default place that a source
  /// which cannot be read may leave.
  ///
  /// @param files made by [ConfigurationError#of]
  public List<Problem> with(List<Problem> files) {
    List<Problem> all = new ArrayList<>(problems);
    files.stream()
        .filter(problem -> !isRefused(problem) && isKnown(problem))
        .map(configuration::placed)
        .forEach(all::add);
    return List.copyOf(all);
  }

  private boolean isKnown(Problem file) {
    return whole || file.setting() == null || configuration.given().containsKey(file.setting());
  }

  private boolean isRefused(Problem file) {
    Setting setting = file.setting();
    if (setting == null) {
      return false;
    }
    List<String> names = List.of(setting.inFile(), setting.variable(), setting.flag());
    return problems.stream().anyMatch(problem -> names.contains(problem.name()));
  }
}
