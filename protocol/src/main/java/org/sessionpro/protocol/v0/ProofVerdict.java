package org.sessionpro.protocol.v0;

/// What a proof is worth to somebody who was shown it: the first reason to refuse it, or none.
public enum ProofVerdict {
  VALID,
  /// The backend did not sign it.
  FORGED,
  /// Its time is over. At its very expiry it is still valid (`wire-v0.md` §5.2).
  EXPIRED,
  /// The revocation list names its tag, and the entry is in effect.
  REVOKED
}
