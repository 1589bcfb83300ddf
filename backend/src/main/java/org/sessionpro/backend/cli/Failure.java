package org.sessionpro.backend.cli;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.ledger.ImportRefused;
import org.sessionpro.backend.ledger.UnsealedImport;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.takeover.source.SourceRefused;

/// A command that ended in an exception, as its user is told of it.
record Failure(CommandFailed reason) {

  /// What an exception means to the user; of a configuration each problem is told at once.
  static Failure of(Exception error, Shell shell) {
    return new Failure(
        switch (error) {
          case CommandFailed expected -> expected;
          case ConfigurationError configuration -> {
            configuration.problems().forEach(problem -> shell.error(problem.text()));
            String message = "the configuration is not usable";
            yield configuration.concernsCommandLine()
                ? CommandFailed.misused(message)
                : CommandFailed.because(message);
          }
          case KeyFileRefused refused -> CommandFailed.because(oneLine(refused));
          case ForeignLedger foreign -> CommandFailed.because(oneLine(foreign));
          case UnsealedImport unsealed -> CommandFailed.because(oneLine(unsealed));
          case ImportRefused refused -> CommandFailed.because(oneLine(refused));
          case SourceRefused refused -> CommandFailed.because(oneLine(refused));
          case DatabaseFault fault -> CommandFailed.because(withCause(fault));
          case UncheckedIOException fault -> CommandFailed.because(oneLine(fault));
          default -> unforeseen(error);
        });
  }

  /// Says in one line what went wrong.
  ///
  /// @param command whose help may be needed
  /// @return the exit status
  int tell(String command, Shell shell) {
    String help = reason.exitCode() == ExitCode.USAGE ? seeHelpOf(command) : "";
    shell.error(oneLine(reason) + help);
    return reason.exitCode().number();
  }

  /// The same for programs.
  Report report() {
    return Report.empty().text("error", reason.code()).text("message", oneLine(reason));
  }

  static String seeHelpOf(String command) {
    return " (see " + command + " --help)";
  }

  private static String withCause(DatabaseFault fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return oneLine(fault) + (cause == fault ? "" : ": " + reason);
  }

  private static CommandFailed unforeseen(Exception fault) {
    return CommandFailed.because(fault.getClass().getSimpleName() + ": " + oneLine(fault));
  }

  /// The first line, without control characters: part of it may come from a server.
  static String oneLine(Exception error) {
    String message = Optional.ofNullable(error.getMessage()).orElse("no message");
    return message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }
}
