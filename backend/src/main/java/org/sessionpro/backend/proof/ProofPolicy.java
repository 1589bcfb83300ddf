package org.sessionpro.backend.proof;

import org.sessionpro.backend.entitlement.RenewalAllowance;

/// How proofs are issued, as the operator set it.
///
/// @param maxProofsPerWindow proofs an account gets in seven days; 0 for any number
public record ProofPolicy(RenewalAllowance allowance, long maxProofsPerWindow) {
  public ProofPolicy {
    if (maxProofsPerWindow < 0) {
      throw new IllegalArgumentException("the proof limit is not negative");
    }
  }
}
