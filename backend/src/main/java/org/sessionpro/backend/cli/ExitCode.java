package org.sessionpro.backend.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the program ends; the same for every command and listed in every help text.
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "not done; one line on standard error says why"),
  USAGE(2, "the command line is not understood"),
  REFUSED(3, "refused by the server, whose code is on standard error, or an import is blocked"),
  UNEXPLAINED(4, "an import differs from its source in a way that nothing explains");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// The exit status of the process, 0…4.
  public int number() {
    return number;
  }

  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    Arrays.stream(values()).forEach(code -> list.put(" " + code.number, code.meaning));
    return list;
  }
}
