package org.sessionpro.simulator.google.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptParser;

/// The 48 scenarios of `google-play.md` §12.3, which this module carries along as text files.
public final class GoogleScenarios {
  private static final String FOLDER = "/scenarios/google/";

  private GoogleScenarios() {}

  /// Names of the files, in the order of their numbers.
  public static List<String> files() {
    return text("list").lines().toList();
  }

  /// Reads one of the files.
  ///
  /// @param parameters values of its variables; may be empty
  public static Script script(String file, Map<String, String> parameters) {
    return new ScriptParser(List.of(new GoogleVocabulary())).parse(file, text(file), parameters);
  }

  private static String text(String name) {
    try (InputStream in = GoogleScenarios.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no scenario " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
