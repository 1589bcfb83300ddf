package org.sessionpro.backend.cli;

import picocli.CommandLine.Option;

/// How a command shows its result; mixed into every command that has one.
public final class OutputOptions {
  static final String JSON = "--json";

  /// The option of reports, among whose values is JSON.
  public static final String FORMAT = "--format";

  @Option(names = JSON, description = "Print one JSON object, for programs.")
  private boolean json;

  @Option(
      names = "--wide",
      description = "Show tables in full width, also where the terminal is narrower.")
  private boolean wide;

  boolean json() {
    return json;
  }

  boolean wide() {
    return wide;
  }
}
