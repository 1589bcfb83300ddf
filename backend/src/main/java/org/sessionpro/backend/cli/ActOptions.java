package org.sessionpro.backend.cli;

import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.OperatorActs.Mode;
import picocli.CommandLine.Option;

/// Whether an act is carried out, and why; mixed into every command that takes or gives something, or
/// cannot be undone. What is only planned needs no reason.
public final class ActOptions {
  private static final int LONGEST_REASON = 1_000;

  /// Stands for the reason of what nobody carries out.
  private static final String NONE_YET = "planned";

  @Option(names = "--apply", description = ApplyOptions.DESCRIPTION)
  private boolean apply;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the record; needed with --apply.")
  private @Nullable String reason;

  /// Whether it is to be carried out.
  public boolean apply() {
    return apply;
  }

  public Mode mode() {
    return ApplyOptions.mode(apply);
  }

  /// Why.
  ///
  /// @throws CommandFailed if it is to be carried out and nobody said why
  public String reason() {
    if (reason == null && !apply) {
      return NONE_YET;
    }
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw CommandFailed.misused(
          "--reason must say why, in at most " + LONGEST_REASON + " characters");
    }
    return reason.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /// Why, where that may be left out; null if it is.
  ///
  /// @throws CommandFailed if it is given and says nothing
  @Nullable String optionalReason() {
    return reason == null ? null : reason();
  }
}
