package org.sessionpro.simulator.apple.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptParser;

/// The 46 scenarios of `app-store.md` §9.4, which this module carries along as text files. The last one
/// is a single disturbed life; lives by chance are [org.sessionpro.simulator.apple.life.RandomLife]'s.
public final class AppleScenarios {
  private static final String FOLDER = "/scenarios/apple/";

  private AppleScenarios() {}

  /// Names of the files, in the order of their numbers.
  public static List<String> files() {
    return text("list").lines().toList();
  }

  /// Reads one of the files.
  ///
  /// @param parameters values of its variables; may be empty
  public static Script script(String file, Map<String, String> parameters) {
    return new ScriptParser(List.of(new AppleVocabulary())).parse(file, text(file), parameters);
  }

  private static String text(String name) {
    try (InputStream in = AppleScenarios.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no scenario " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
