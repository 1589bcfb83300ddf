package org.sessionpro.backend.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings cannot be used; carries every problem found, never a value.
public final class ConfigurationError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// One setting that breaks a rule.
  ///
  /// @param source where it was set, for example `environment`
  /// @param name what it is called there
  /// @param expected what is required of it, beginning with `must`
  /// @param setting what is concerned, where the place is not known yet; null where it is
  public record Problem(String source, String name, String expected, @Nullable Setting setting) {
    /// With its place.
    public Problem(String source, String name, String expected) {
      this(source, name, expected, null);
    }

    /// Whether it stands on the command line.
    boolean isOnCommandLine() {
      return source.equals(SettingSource.COMMAND_LINE);
    }

    /// The sentence for the operator.
    public String text() {
      return name + " (" + source + ") " + expected;
    }
  }

  /// What a file that a setting names turned out to be, long after the setting was read. Where that was
  /// set is for [Configuration#placed(ConfigurationError)] to say.
  ///
  /// @param expected what is required, beginning with `must`
  public static ConfigurationError of(Setting setting, String expected) {
    return new ConfigurationError(
        List.of(new Problem("wherever it was set", setting.variable(), expected, setting)));
  }

  /// @param problems at least one
  public ConfigurationError(List<Problem> problems) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /// Whether an option of the command line is to be mended, perhaps besides others.
  public boolean concernsCommandLine() {
    return problems.stream().anyMatch(Problem::isOnCommandLine);
  }

  /// All problems, in the order they were found in; never empty.
  public List<Problem> problems() {
    return problems;
  }
}
