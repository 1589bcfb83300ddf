package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError.Problem;

/// One place where settings stand: the command line, the environment, a file.
public interface SettingSource {
  /// What the command line is called as a source.
  String COMMAND_LINE = "command line";

  /// What the environment is called as a source.
  String ENVIRONMENT = "environment";

  /// What this source says about `setting`; empty if it says nothing.
  Optional<Given> find(Setting setting);

  /// What is wrong with this source itself, whatever is asked for.
  default List<Problem> problems() {
    return List.of();
  }

  /// Whether what it says can be read at all. Of what cannot nobody knows what it leaves out.
  default boolean isReadable() {
    return true;
  }

  /// What the operator should know about this source, though it can be used.
  default List<Warning> warnings() {
    return List.of();
  }

  /// Levels of single loggers, by the names of these.
  default Map<String, Given> loggerLevels() {
    return Map.of();
  }

  /// The sections `[session_webhook.N]` in the order of their numbers, which begin with 0.
  default List<WebhookSection> webhooks() {
    return List.of();
  }

  /// How this source would call a setting that is missing, and itself; empty where it need not stand.
  default Optional<Given> missing(Setting setting) {
    return Optional.empty();
  }

  /// A value as it stands in a source, not yet checked.
  ///
  /// @param text the value; a source translates its own words for booleans to `0` and `1`
  /// @param name what the setting is called there, for example `--port` or `[http] port`
  /// @param source what the place is called, for example `environment` or `/etc/pro.ini:12`
  record Given(String text, String name, String source) {
    /// Shows the name only: a value may hold a password.
    @Override
    public String toString() {
      return name + " (" + source + ")";
    }
  }

  /// The members of a section `[session_webhook.N]`.
  ///
  /// @param place the section itself, without a text
  record WebhookSection(Given place, Map<String, Given> members) {
    public WebhookSection {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /// A setting that can be read and had better not be there.
  ///
  /// @param name what it is called there
  /// @param source where it stands
  /// @param advice what is the matter with it and what to do, continuing the sentence that the name
  ///     begins
  record Warning(String name, String source, String advice) {
    /// The sentence for the operator.
    public String text() {
      return name + " (" + source + ") " + advice;
    }
  }

  /// All places where settings of this process stand, the one that overrides all others first. A file
  /// is one of them if one of the others names it.
  ///
  /// @param commandLine null counts as absent
  static List<SettingSource> all(
      Map<Setting, @Nullable String> commandLine, Map<String, String> environment) {
    List<SettingSource> sources = new ArrayList<>();
    sources.add(commandLine(commandLine));
    sources.add(environment(environment));
    sources.stream()
        .flatMap(source -> source.find(Setting.INI_PATH).stream())
        .findFirst()
        .ifPresent(file -> sources.add(ConfigurationFile.named(file)));
    return List.copyOf(sources);
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
    return new EnvironmentSource(variables);
  }

  /// The settings of a file (`operator-v0.md` §1).
  static SettingSource file(Path file) {
    return ConfigurationFile.named(
        new Given(file.toString(), Setting.INI_PATH.flag(), COMMAND_LINE));
  }
}
