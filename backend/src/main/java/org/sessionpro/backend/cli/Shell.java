package org.sessionpro.backend.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What surrounds the program: the environment, where results go and where errors go.
///
/// @param out results, and nothing else
/// @param err one line an error, and what shows a person that a long command is alive
/// @param terminals which of the two a person reads as it is written
public record Shell(
    Map<String, String> environment, PrintWriter out, PrintWriter err, Terminals terminals) {

  /// No terminal is asked whether it takes lines of this length.
  private static final int NARROWEST = 40;

  /// A shell that nobody watches.
  public Shell(Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this(environment, out, err, Terminals.NONE);
  }

  /// The shell that started this process.
  public static Shell ofProcess() {
    return new Shell(
        System.getenv(),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        Terminals.ofProcess());
  }

  /// Shows a command's result in the form that was asked for.
  ///
  /// @return the exit status of a command that has done its work
  public int print(Report report, OutputOptions options) {
    return print(report, report.json(), options);
  }

  /// How wide what people read may be, in characters; as wide as it likes where nobody reads along, or
  /// somebody wants it so.
  public int width(OutputOptions options) {
    if (options.wide() || options.json() || !terminals.showsResults()) {
      return Integer.MAX_VALUE;
    }
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(columns) : terminals.columns();
  }

  /// The lines of a report, cut to the width of the terminal if they must be.
  private String lines(Report report, OutputOptions options) {
    String whole = report.lines();
    boolean fitsAnywhere = whole.lines().allMatch(line -> line.length() <= NARROWEST);
    return fitsAnywhere ? whole : report.lines(width(options));
  }

  /// Shows a result that programs get in another form than people.
  ///
  /// @param json one JSON object in UTF-8
  /// @return the exit status of a command that has done its work
  public int print(Report report, byte[] json, OutputOptions options) {
    return print(lines(report, options), json, options);
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

  /// Shows a result in the form for programs.
  ///
  /// @return the exit status of a command that has done its work
  public int printJson(Report report) {
    printJson(report.json());
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
