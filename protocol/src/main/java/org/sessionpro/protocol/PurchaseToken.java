package org.sessionpro.protocol;

/// The Google Play purchase token: one for a subscription and all its renewals (`wire-v0.md` §6.1).
public record PurchaseToken(String value) implements StoreId {
  public PurchaseToken {
    StoreId.requireWellFormed(value);
  }

  @Override
  public String toString() {
    return "PurchaseToken(hidden)";
  }
}
