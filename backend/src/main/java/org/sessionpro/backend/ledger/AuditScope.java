package org.sessionpro.backend.ledger;

/// How much of a ledger is checked.
public sealed interface AuditScope {
  /// Everything.
  record All() implements AuditScope {}

  /// Accounts and unclaimed payments from a random place on, which is a random sample: account ids
  /// are drawn at random.
  ///
  /// @param size of each, at least 1
  record Sample(int size) implements AuditScope {
    public Sample {
      if (size < 1) {
        throw new IllegalArgumentException("a sample has at least one account");
      }
    }
  }
}
