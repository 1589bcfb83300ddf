package org.sessionpro.simulator.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A section of a server's configuration that points it at a simulator, complete, and as variables of
/// the environment too (`decisions-stores.md` §6).
///
/// @param name of the section, which is also that of the files
/// @param title what they begin with, as a comment
/// @param switchedOnBy the key in `[base]` that switches the store on
/// @param settings of the section, by key, in order
public record Section(
    String name, String title, String switchedOnBy, Map<String, String> settings) {
  /// Writes the files `name.ini` and `name.env` into a folder that exists. The latter is for a shell:
  /// `set -a; . name.env; set +a`.
  public void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(name + ".ini"), ini());
    Files.writeString(folder.resolve(name + ".env"), environment());
  }

  private String ini() {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
        .collect(
            Collectors.joining(
                "",
                "# "
                    + title
                    + " Join it to the server's configuration and set\n# "
                    + switchedOnBy
                    + " = true in its section [base].\n["
                    + name
                    + "]\n",
                ""));
  }

  private String environment() {
    return settings.entrySet().stream()
        .map(setting -> variable(name + "_" + setting.getKey(), setting.getValue()))
        .collect(Collectors.joining("", "# " + title + "\n" + variable(switchedOnBy, "true"), ""));
  }

  /// Quoted for a shell.
  private static String variable(String key, String value) {
    String asVariable =
        switch (value) {
          case "true" -> "1";
          case "false" -> "0";
          default -> value;
        };
    return "SESH_PRO_BACKEND_"
        + key.toUpperCase(Locale.ROOT)
        + "='"
        + asVariable.replace("'", "'\\''")
        + "'\n";
  }

  /// How settings write a map.
  public static String map(Map<?, ?> codes) {
    return codes.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
