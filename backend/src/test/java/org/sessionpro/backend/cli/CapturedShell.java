package org.sessionpro.backend.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// A shell whose output can be looked at.
public final class CapturedShell {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment;
  private final Terminals terminals;

  /// @param environment all variables the program sees
  public CapturedShell(Map<String, String> environment) {
    this(environment, Terminals.NONE);
  }

  /// @param terminals which output a person is said to read
  public CapturedShell(Map<String, String> environment, Terminals terminals) {
    this.environment = environment;
    this.terminals = terminals;
  }

  /// A shell whose whole output a person is said to read.
  public static CapturedShell watched() {
    return watched(Map.of());
  }

  /// As above, in an environment.
  public static CapturedShell watched(Map<String, String> environment) {
    return new CapturedShell(environment, new Watched());
  }

  private record Watched() implements Terminals {
    @Override
    public boolean showsResults() {
      return true;
    }

    @Override
    public boolean showsErrors() {
      return true;
    }
  }

  /// What the program is started with.
  public Shell shell() {
    return new Shell(
        environment, new PrintWriter(out, true), new PrintWriter(err, true), terminals);
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
