package org.sessionpro.backend.entitlement;

/// Registration number of a payment, in the order in which payments were witnessed; the key of the
/// payment history's pages (`wire-v1.md` §10).
///
/// @param value positive
public record PaymentId(long value) implements Comparable<PaymentId> {
  public PaymentId {
    if (value <= 0) {
      throw new IllegalArgumentException("a payment id is positive");
    }
  }

  @Override
  public int compareTo(PaymentId that) {
    return Long.compare(value, that.value);
  }
}
