package org.sessionpro.bench.load;

/// The server's answer is not the right one.
public final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param reason errors are counted by it, so it says what kind of answer came, not which one
  public WrongAnswer(String reason) {
    // Under load there may be many of them, and the place of each is known.
    super(reason, null, false, false);
  }

  /// What was wrong.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
