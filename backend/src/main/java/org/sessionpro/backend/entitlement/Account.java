package org.sessionpro.backend.entitlement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is stored about an account (`entitlement.md` §1.1): its entitlement and the state of its
/// proofs.
///
/// @param carrier the payment whose term carries the coverage; null if credits or nothing do
/// @param creditsCheckpoint credits are charged up to here; null exactly if no live credit is left
public record Account(
    AccountId id,
    Generation generation,
    Entitlement entitlement,
    @Nullable PaymentId carrier,
    ProofOffset offset,
    @Nullable Instant creditsCheckpoint,
    ProofCounters counters) {

  /// Whether service runs at `ts` (`entitlement.md` §12): `active` in both protocols.
  public boolean isActiveAt(Instant ts, RenewalAllowance allowance) {
    return !generation.isRevoked() && !ts.isAfter(entitlement.coverageEnd(allowance));
  }

  /// The account after one more of its facts; entitlement, carrier and checkpoint follow from
  /// payments and are not changed by any.
  public Account apply(AccountFact fact) {
    return switch (fact) {
      case AccountFact.GenerationIssued issued ->
          with(Generation.issued(issued), offset, counters.reset());
      case AccountFact.OffsetDrawn drawn -> with(generation, drawn.offset(), counters);
      case AccountFact.GenerationRevoked revoked ->
          with(generation.revoked(revoked), offset, counters);
      case AccountFact.OperatorNote _ -> this;
    };
  }

  private Account with(Generation newGeneration, ProofOffset newOffset, ProofCounters newCounters) {
    return new Account(
        id, newGeneration, entitlement, carrier, newOffset, creditsCheckpoint, newCounters);
  }

  /// The same account by another entitlement, to be settled against.
  public Account entitledTo(Entitlement other) {
    return with(other, carrier, creditsCheckpoint);
  }

  /// The account with what a new fold found.
  Account with(
      Entitlement newEntitlement, @Nullable PaymentId newCarrier, @Nullable Instant newCheckpoint) {
    return new Account(id, generation, newEntitlement, newCarrier, offset, newCheckpoint, counters);
  }
}
