package org.sessionpro.protocol;

/// The name of one order: Google's order id, of which each renewal has its own (`GPA.…`, `GPA.…..2`),
/// Apple's web order line item id, or the id of a voucher (`wire-v0.md` §3).
public record OrderId(String value) implements StoreId {
  public OrderId {
    StoreId.requireWellFormed(value);
  }

  @Override
  public String toString() {
    return "OrderId(hidden)";
  }
}
