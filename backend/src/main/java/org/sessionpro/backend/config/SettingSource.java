package org.sessionpro.backend.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One place where settings stand: the command line, the environment, a file.
public interface SettingSource {
  /// What the command line is called as a source.
  String COMMAND_LINE = "command line";

  /// What the environment is called as a source.
  String ENVIRONMENT = "environment";

  /// What this source says about `setting`; empty if it says nothing.
  Optional<Given> find(Setting setting);

  /// What stands here under a name that only a setting of a store could have, and is none.
  default List<Given> strangers() {
    return List.of();
  }

  /// A value as it stands in a source, not yet checked.
  ///
  /// @param text the value; a source translates its own words for booleans to `0` and `1`
  /// @param name what the setting is called there, for example `--port`
  /// @param source what the place is called, for example `environment`
  record Given(String text, String name, String source) {
    /// Shows the name only: a value may hold a password.
    @Override
    public String toString() {
      return name + " (" + source + ")";
    }
  }

  /// Settings given on the command line.
  ///
  /// @param given null counts as absent, which is what an option is that was not used
  static SettingSource commandLine(Map<Setting, @Nullable String> given) {
    Map<Setting, @Nullable String> settings = new HashMap<>(given);
    return setting ->
        Optional.ofNullable(settings.get(setting))
            .map(text -> new Given(text, setting.flag(), COMMAND_LINE));
  }

  /// Variables of the environment. An empty variable counts as absent, except where the setting is a
  /// boolean: that one accepts `0` and `1` only (`operator-v1.md` §1.1).
  static SettingSource environment(Map<String, String> variables) {
    return new SettingSource() {
      @Override
      public Optional<Given> find(Setting setting) {
        return Optional.ofNullable(variables.get(setting.variable()))
            .filter(text -> !text.isEmpty() || setting.isBoolean())
            .map(text -> new Given(text, setting.variable(), ENVIRONMENT));
      }

      @Override
      public List<Given> strangers() {
        return variables.keySet().stream()
            .filter(Setting::isStranger)
            .sorted()
            .map(name -> new Given("", name, ENVIRONMENT))
            .toList();
      }
    };
  }
}
