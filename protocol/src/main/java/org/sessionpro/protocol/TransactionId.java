package org.sessionpro.protocol;

/// An App Store transaction id: of one payment, or of the purchase that began a subscription
/// (`wire-v0.md` §6.1).
public record TransactionId(String value) implements StoreId {
  public TransactionId {
    StoreId.requireWellFormed(value);
  }

  @Override
  public String toString() {
    return "TransactionId(hidden)";
  }
}
