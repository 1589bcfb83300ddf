package org.sessionpro.simulator.script;

/// A script that cannot be read, or asks for what cannot be done.
public final class ScriptError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ScriptError(String message) {
    super(message);
  }

  private ScriptError(String message, Throwable cause) {
    super(message, cause);
  }

  /// The same, naming where it stands.
  ScriptError at(String source, int line, String text) {
    return new ScriptError(source + ":" + line + ": " + getMessage() + "\n  " + text, this);
  }
}
