package org.sessionpro.bench.load;

/// What the clients of a load want.
public enum Operation {
  /// A proof for a rotating key: the request that every subscriber makes.
  PROOF,
  /// How the account stands: v1's `/get_pro_status`, v0's `/get_pro_details`.
  STATUS,
  /// The whole revocation list. Unsigned.
  REVOCATIONS
}
