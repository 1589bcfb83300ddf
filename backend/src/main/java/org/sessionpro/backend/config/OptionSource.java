package org.sessionpro.backend.config;

import java.util.Map;
import java.util.Optional;

/// One place where options are set: the command line, the environment, a file.
public interface OptionSource {

  /// What this source says about `option`; empty if it says nothing.
  Optional<Given> find(Option option);

  /// A value as it stands in a source, not yet checked.
  ///
  /// @param text the value; a source translates its own words for booleans to `0` and `1`
  /// @param name what the option is called there, for example `--port`
  /// @param source what the place is called, for example `environment`
  record Given(String text, String name, String source) {
    /// Shows the name only: a value may hold a password.
    @Override
    public String toString() {
      return name + " (" + source + ")";
    }
  }

  /// Options given on the command line.
  static OptionSource commandLine(Map<Option, String> given) {
    Map<Option, String> options = Map.copyOf(given);
    return option ->
        Optional.ofNullable(options.get(option))
            .map(text -> new Given(text, option.flag(), "command line"));
  }

  /// Variables of the environment. An empty variable counts as absent, except where the option is a
  /// boolean: that one accepts `0` and `1` only (`operator-v1.md` §1.1).
  static OptionSource environment(Map<String, String> variables) {
    return option ->
        Optional.ofNullable(variables.get(option.variable()))
            .filter(text -> !text.isEmpty() || option.isBoolean())
            .map(text -> new Given(text, option.variable(), "environment"));
  }
}
