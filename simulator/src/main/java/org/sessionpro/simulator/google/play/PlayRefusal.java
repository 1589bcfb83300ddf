package org.sessionpro.simulator.google.play;

/// Play does not do what it is asked.
public final class PlayRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// Why.
  public enum Kind {
    /// It does not know the purchase.
    UNKNOWN,
    /// It knew the purchase, which ended more than 60 days ago.
    GONE,
    /// The purchase is in no state for it.
    NOT_POSSIBLE
  }

  private PlayRefusal(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static PlayRefusal unknown() {
    return new PlayRefusal(Kind.UNKNOWN, "no such purchase");
  }

  static PlayRefusal gone() {
    return new PlayRefusal(Kind.GONE, "the purchase ended more than 60 days ago");
  }

  static PlayRefusal notPossible(String why) {
    return new PlayRefusal(Kind.NOT_POSSIBLE, why);
  }

  public Kind kind() {
    return kind;
  }
}
