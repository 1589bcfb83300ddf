package org.sessionpro.backend.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// A shell whose output can be looked at.
public final class CapturedShell {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment;
  private final boolean terminal;

  /// @param environment all variables the program sees
  public CapturedShell(Map<String, String> environment) {
    this(environment, false);
  }

  /// @param terminal whether results seem to go to one
  public CapturedShell(Map<String, String> environment, boolean terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  /// What the program is started with.
  public Shell shell() {
    return new Shell(environment, new PrintWriter(out, true), new PrintWriter(err, true), terminal);
  }

  /// Everything on standard output so far.
  public String out() {
    return out.toString();
  }

  /// Everything on standard error so far.
  public String err() {
    return err.toString();
  }
}
