package org.sessionpro.protocol.v0;

/// What the signatures of a request for a proof are worth: the first rule of `wire-v0.md` §4 that
/// is broken, in the order in which they are checked, or none.
public enum Authenticity {
  AUTHENTIC,
  BAD_MASTER_SIGNATURE,
  BAD_ROTATING_SIGNATURE,
  /// The master and the rotating key are one key.
  SAME_KEYS,
  /// A key of the request is the backend's own.
  BACKEND_KEY,
  /// Both signatures are the same bytes.
  SAME_SIGNATURES
}
