package org.sessionpro.backend.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/// Configuration files for tests, and what becomes of them.
record IniFile(Path path) {
  static IniFile of(Path folder, String text) {
    return of(folder, text.getBytes(StandardCharsets.UTF_8));
  }

  static IniFile of(Path folder, byte[] content) {
    try {
      return new IniFile(Files.write(folder.resolve("pro.ini"), content));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  Settings settings() {
    return configuration(Map.of(), Map.of()).settings();
  }

  Configuration configuration(
      Map<Setting, @Nullable String> commandLine, Map<String, String> environment) {
    List<SettingSource> sources =
        List.of(
            SettingSource.commandLine(commandLine),
            SettingSource.environment(environment),
            SettingSource.file(path));
    return SettingsReader.configuration(sources);
  }

  /// Each with the file's name shortened to its last part.
  List<String> warnings() {
    return configuration(Map.of(), Map.of()).warnings().stream()
        .map(warning -> warning.text().replace(path.toString(), "pro.ini"))
        .toList();
  }

  /// Each with the file's name shortened to its last part.
  List<String> problems() {
    return Assertions.catchThrowableOfType(ConfigurationError.class, this::settings)
        .problems()
        .stream()
        .map(problem -> problem.text().replace(path.toString(), "pro.ini"))
        .toList();
  }
}
