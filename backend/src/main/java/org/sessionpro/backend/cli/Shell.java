package org.sessionpro.backend.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What surrounds the program: the environment, where results go and where errors go.
///
/// @param out results, and nothing else
/// @param err one line an error
/// @param terminal whether a person reads results from a terminal, which keeps none of them
public record Shell(
    Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {

  /// The shell that started this process.
  public static Shell ofProcess() {
    return new Shell(
        System.getenv(),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        isTerminal(System.console()));
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  /// Shows a command's result in the form that was asked for.
  ///
  /// @return the exit status of a command that has done its work
  public int print(Report report, OutputOptions options) {
    return print(report, report.json(), options);
  }

  /// Shows a result that programs get in another form than people.
  ///
  /// @param json one JSON object in UTF-8
  /// @return the exit status of a command that has done its work
  public int print(Report report, byte[] json, OutputOptions options) {
    return print(report.lines(), json, options);
  }

  /// Shows a result that has a layout of its own for people.
  ///
  /// @param lines each with its line end
  /// @return the exit status of a command that has done its work
  public int print(String lines, Report report, OutputOptions options) {
    return print(lines, report.json(), options);
  }

  private int print(String lines, byte[] json, OutputOptions options) {
    if (options.json()) {
      printJson(json);
    } else {
      out.print(lines);
      out.flush();
    }
    return ExitCode.OK.number();
  }

  void printJson(byte[] json) {
    out.println(new String(json, StandardCharsets.UTF_8));
  }

  /// Says in one line what went wrong.
  ///
  /// @param message without control characters
  public void error(String message) {
    err.println("pro: " + message);
    err.flush();
  }

  /// The environment may hold credentials.
  @Override
  public String toString() {
    return "Shell";
  }
}
