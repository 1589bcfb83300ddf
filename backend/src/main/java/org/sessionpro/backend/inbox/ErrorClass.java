package org.sessionpro.backend.inbox;

/// What kind of failure an attempt met; each kind has a number of failures in a row, or in all, after
/// which the item is parked (`google-play.md` §8).
public enum ErrorClass {
  /// Time-outs, broken connections, errors of the store.
  TRANSIENT,
  /// The store does not know it: five in a row.
  NOT_FOUND,
  /// The store refuses what we ask as malformed: three in a row.
  REJECTED,
  /// The answer is not as it should be, or we fail at it.
  LOGIC
}
