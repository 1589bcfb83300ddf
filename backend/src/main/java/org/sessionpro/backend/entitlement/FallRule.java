package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a fall of coverage is broadcast, that is, whether the proofs in circulation have become
/// lies that must be revoked (`entitlement.md` §8, `decisions-stores.md` §2.1).
public final class FallRule {
  /// Shorter falls are jitter or the allowance falling away.
  private static final Duration NEGLIGIBLE = Duration.ofHours(1);

  /// How far a request's clock may be ahead of ours.
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(70);

  private FallRule() {}

  /// What is to be done, and if nothing, why.
  public enum Decision {
    REVOKE,
    /// Coverage did not fall by as much as an hour.
    NOT_REDUCED,
    /// Coverage was to end within a grid period anyway, which every proof is allowed to outlive.
    ENDING_ANYWAY,
    /// What is left covers every proof that can be in circulation.
    SURVIVOR_COVERS
  }

  /// Judges a fall.
  ///
  /// @param prior end of coverage before
  /// @param surviving end of coverage now; null if nothing covers
  /// @param at when the cause happened, not before our own clock: proofs were issued up to now
  public static Decision judge(Instant prior, @Nullable Instant surviving, Instant at) {
    if (surviving != null && Duration.between(surviving, prior).compareTo(NEGLIGIBLE) < 0) {
      return Decision.NOT_REDUCED;
    }
    if (!prior.isAfter(at.plus(ProofGrid.PERIOD))) {
      return Decision.ENDING_ANYWAY;
    }
    Instant lastProof = at.plus(CLOCK_TOLERANCE).plus(ProofGrid.MAX_LIFETIME);
    if (surviving != null && !surviving.isBefore(lastProof)) {
      return Decision.SURVIVOR_COVERS;
    }
    return Decision.REVOKE;
  }
}
