package org.sessionpro.backend.cli;

/// A command cannot do what it was asked; ends the program with one line on standard error.
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String code;
  private final boolean told;

  private CommandFailed(ExitCode exitCode, String code, String message) {
    this(exitCode, code, message, false);
  }

  private CommandFailed(ExitCode exitCode, String code, String message, boolean told) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
    this.told = told;
  }

  /// The command has failed here, without a word from a server.
  ///
  /// @param message what went wrong, for the person at the terminal
  public static CommandFailed because(String message) {
    return new CommandFailed(ExitCode.FAILED, "failed", message);
  }

  /// An option has a value that the command cannot take.
  ///
  /// @param message the rule that it breaks, beginning with its name
  public static CommandFailed misused(String message) {
    return new CommandFailed(ExitCode.USAGE, "usage", message);
  }

  /// The server answered, and its answer is no.
  ///
  /// @param code the server's word or number for it, for example `not_subscribed`
  /// @param message the server's text
  public static CommandFailed refused(String code, String message) {
    return new CommandFailed(
        ExitCode.REFUSED, code, "the server refused with " + code + ": " + message);
  }

  /// Somebody has said so on standard error already.
  static CommandFailed told(Failure failure) {
    return new CommandFailed(failure.exitCode(), failure.code(), failure.message(), true);
  }

  boolean isTold() {
    return told;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  String code() {
    return code;
  }
}
