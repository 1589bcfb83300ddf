package org.sessionpro.backend.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.config.ConfigurationError.Problem;

/// Settings that stand in variables of the environment.
///
/// @param variables all of them, whoever they are for
record EnvironmentSource(Map<String, String> variables) implements SettingSource {
  /// The first servers had variables for what they were to do once at a start (`operator-v0.md` §1.5).
  private static final String FORMERLY =
      "; what the first servers did once at a start is a command now, as docs/commands.md says";

  @Override
  public Optional<Given> find(Setting setting) {
    return Optional.ofNullable(variables.get(setting.variable()))
        .filter(text -> !text.isEmpty() || setting.isBoolean())
        .map(text -> new Given(text, setting.variable(), ENVIRONMENT));
  }

  /// Names that only a setting could have, and is none.
  @Override
  public List<Problem> problems() {
    return variables.keySet().stream()
        .filter(Setting::isStranger)
        .sorted()
        .map(name -> new Problem(ENVIRONMENT, name, Setting.NO_SUCH + FORMERLY))
        .toList();
  }

  @Override
  public List<Warning> warnings() {
    return Obsolete.all().stream()
        .filter(it -> variables.containsKey(it.variable()))
        .map(it -> new Warning(it.variable(), ENVIRONMENT, it.advice()))
        .toList();
  }

  /// The environment may hold credentials.
  @Override
  public String toString() {
    return ENVIRONMENT;
  }
}
