package org.sessionpro.backend.entitlement;

/// An account's private phase of the proof grid (`entitlement.md` §9.3): drawn at random, stored,
/// never derived from a key.
///
/// @param seconds 0 to 86 399
public record ProofOffset(int seconds) {
  /// Number of different offsets, 86 400.
  public static final int COUNT = 86_400;

  public ProofOffset {
    if (seconds < 0 || seconds >= COUNT) {
      throw new IllegalArgumentException("a proof offset is between 0 and 86399 seconds");
    }
  }
}
