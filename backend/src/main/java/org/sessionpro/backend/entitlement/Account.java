package org.sessionpro.backend.entitlement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is stored about an account (`entitlement.md` §1.1): its entitlement and the state of its
/// proofs.
///
/// @param creditsCheckpoint credits are charged up to here; null exactly if no live credit is left
public record Account(
    AccountId id,
    Generation generation,
    Entitlement entitlement,
    ProofOffset offset,
    @Nullable Instant creditsCheckpoint,
    ProofCounters counters) {

  /// Whether service runs at `ts` (`entitlement.md` §12): `active` in both protocols.
  public boolean isActiveAt(Instant ts, RenewalAllowance allowance) {
    return !generation.isRevoked() && !ts.isAfter(entitlement.coverageEnd(allowance));
  }

  /// The account after one more of its facts; entitlement and checkpoint follow from payments and
  /// are not changed by any.
  public Account apply(AccountFact fact) {
    return switch (fact) {
      case AccountFact.GenerationIssued issued ->
          new Account(
              id,
              Generation.issued(issued),
              entitlement,
              offset,
              creditsCheckpoint,
              counters.reset());
      case AccountFact.OffsetDrawn drawn ->
          new Account(id, generation, entitlement, drawn.offset(), creditsCheckpoint, counters);
      case AccountFact.GenerationRevoked revoked ->
          new Account(
              id, generation.revoked(revoked), entitlement, offset, creditsCheckpoint, counters);
      case AccountFact.OperatorNote _ -> this;
    };
  }

  /// The account with a new entitlement and checkpoint.
  public Account with(Entitlement newEntitlement, @Nullable Instant newCheckpoint) {
    return new Account(id, generation, newEntitlement, offset, newCheckpoint, counters);
  }

  /// The account with new counters.
  public Account with(ProofCounters newCounters) {
    return new Account(id, generation, entitlement, offset, creditsCheckpoint, newCounters);
  }
}
