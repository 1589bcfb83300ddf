package org.sessionpro.backend.cli;

import org.sessionpro.backend.ledger.OperatorActs.Mode;
import picocli.CommandLine.Option;

/// Whether a command that changes something does it, or only says what it would do; mixed into every
/// command that asks for what happens sooner or later anyway. What takes or gives has [ActOptions].
public final class ApplyOptions {
  static final String DESCRIPTION = "Do it; without this nothing happens.";

  @Option(names = "--apply", description = DESCRIPTION)
  private boolean apply;

  /// Whether it is to be done.
  public boolean apply() {
    return apply;
  }

  static Mode mode(boolean applied) {
    return applied ? Mode.APPLIED : Mode.PLANNED;
  }
}
