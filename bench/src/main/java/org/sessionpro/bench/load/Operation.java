package org.sessionpro.bench.load;

/// What the clients of a load want.
public enum Operation {
  /// A proof for a rotating key: the request that every subscriber makes.
  PROOF,
  /// How the account stands: v1's `/get_pro_status`; v0's `/get_pro_details` without payments.
  STATUS,
  /// The account's ten newest payments: v1's `/get_payment_details`, v0's `/get_pro_details`.
  DETAILS,
  /// The whole revocation list. Unsigned.
  REVOCATIONS,
  /// The revocation list for a client that has it already, which is the poll of every day: an answer
  /// without entries. Unsigned.
  POLL,
  /// A new account adds its first payment: v0's `/add_pro_payment` with an id that only a server in
  /// development mode accepts. Every request is another payment of another account.
  ADD;

  /// Whether those who ask have accounts.
  public boolean isOfAccounts() {
    return switch (this) {
      case PROOF, STATUS, DETAILS -> true;
      case REVOCATIONS, POLL, ADD -> false;
    };
  }
}
