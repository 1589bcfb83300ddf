package org.sessionpro.simulator.apple.store;

/// The store does not do what it is asked.
public final class StoreRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// Why.
  public enum Kind {
    /// It does not know the transaction.
    UNKNOWN,
    /// The transaction is not the original one.
    NOT_ORIGINAL,
    /// The purchase is shared within a family.
    FAMILY,
    /// The purchase is in no state for it.
    NOT_POSSIBLE
  }

  private StoreRefusal(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static StoreRefusal unknown() {
    return new StoreRefusal(Kind.UNKNOWN, "no such transaction");
  }

  static StoreRefusal notOriginal() {
    return new StoreRefusal(Kind.NOT_ORIGINAL, "the transaction is not the original one");
  }

  static StoreRefusal family() {
    return new StoreRefusal(Kind.FAMILY, "the purchase is shared within a family");
  }

  static StoreRefusal notPossible(String why) {
    return new StoreRefusal(Kind.NOT_POSSIBLE, why);
  }

  public Kind kind() {
    return kind;
  }
}
