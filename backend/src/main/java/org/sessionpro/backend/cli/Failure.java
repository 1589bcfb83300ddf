package org.sessionpro.backend.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.ConfigurationError.Problem;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.ledger.ImportRefused;
import org.sessionpro.backend.ledger.UnsealedImport;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.takeover.source.SourceRefused;

/// What people, programs and the log are told of an error that ends a command.
///
/// @param code a word for programs
/// @param problems with the settings, if these are what is wrong
/// @param message one line without control characters
/// @param unforeseen the error if nobody thought of it, so that its stack trace says more; else null
record Failure(
    ExitCode exitCode,
    String code,
    List<Problem> problems,
    String message,
    @Nullable Throwable unforeseen) {
  Failure {
    problems = List.copyOf(problems);
  }

  static Failure of(Throwable error) {
    return switch (error) {
      case CommandFailed failed ->
          new Failure(failed.exitCode(), failed.code(), List.of(), oneLine(failed), null);
      case ConfigurationError configuration -> of(configuration);
      case KeyFileRefused refused -> foreseen(oneLine(refused));
      case ForeignLedger foreign -> foreseen(oneLine(foreign));
      case UnsealedImport unsealed -> foreseen(oneLine(unsealed));
      case ImportRefused refused -> foreseen(oneLine(refused));
      case SourceRefused refused -> foreseen(oneLine(refused));
      case DatabaseFault fault -> foreseen(withCause(fault));
      case UncheckedIOException fault -> foreseen(oneLine(fault));
      default -> {
        CommandFailed plain =
            CommandFailed.because(error.getClass().getSimpleName() + ": " + oneLine(error));
        yield new Failure(plain.exitCode(), plain.code(), List.of(), oneLine(plain), error);
      }
    };
  }

  private static Failure of(ConfigurationError error) {
    String message = "the configuration is not usable";
    CommandFailed plain =
        error.concernsCommandLine()
            ? CommandFailed.misused(message)
            : CommandFailed.because(message);
    return new Failure(plain.exitCode(), plain.code(), error.problems(), message, null);
  }

  private static Failure foreseen(String message) {
    CommandFailed plain = CommandFailed.because(message);
    return new Failure(plain.exitCode(), plain.code(), List.of(), message, null);
  }

  /// Says in one line what went wrong, each problem with the settings before it, unless somebody has.
  ///
  /// @param command whose help may be needed
  static Failure tell(Exception error, String command, Shell shell) {
    Failure failure = of(error);
    if (!(error instanceof CommandFailed failed && failed.isTold())) {
      failure.problems.forEach(problem -> shell.error(problem.text()));
      String help = failure.exitCode == ExitCode.USAGE ? seeHelpOf(command) : "";
      shell.error(failure.message + help);
    }
    return failure;
  }

  static String seeHelpOf(String command) {
    return " (see " + command + " --help)";
  }

  /// The object for programs.
  Report report() {
    Report report = Report.empty().text("error", code).text("message", message);
    return problems.isEmpty()
        ? report
        : report.rows("problems", problems.stream().map(Failure::row).toList());
  }

  /// A problem as a row.
  static Report row(Problem problem) {
    return Report.empty()
        .text("setting", problem.name())
        .text("source", problem.source())
        .text("detail", problem.expected());
  }

  /// In one line, with the reason that the engine gives.
  static String withCause(DatabaseFault fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return oneLine(fault) + (cause == fault ? "" : ": " + reason);
  }

  /// The first line, without control characters: part of it may come from a server.
  static String oneLine(Throwable error) {
    String message = Optional.ofNullable(error.getMessage()).orElse("no message");
    return message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }
}
