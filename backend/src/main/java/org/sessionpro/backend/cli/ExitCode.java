package org.sessionpro.backend.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the program ends; the same for every command and listed in every help text.
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "not done; one line on standard error says why"),
  USAGE(2, "the command line is not understood"),
  REFUSED(3, "the server answered and refused; its code is on standard error");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// The exit status of the process, 0…3.
  public int number() {
    return number;
  }

  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    Arrays.stream(values()).forEach(code -> list.put(" " + code.number, code.meaning));
    return list;
  }
}
