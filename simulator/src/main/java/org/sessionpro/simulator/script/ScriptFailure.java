package org.sessionpro.simulator.script;

/// A script did not go as it says.
public final class ScriptFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScriptFailure(String source, Line line, String what) {
    super(source + ":" + line.number() + ": " + what + "\n  " + line.text());
  }

  ScriptFailure(String source, Line line, RuntimeException cause) {
    super(source + ":" + line.number() + ": " + cause.getMessage() + "\n  " + line.text(), cause);
  }
}
