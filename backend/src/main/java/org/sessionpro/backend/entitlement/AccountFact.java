package org.sessionpro.backend.entitlement;

import java.time.Instant;
import org.sessionpro.protocol.RevocationTag;

/// A decision of ours about one account that cannot be recomputed, because chance or our clock
/// entered it (`decisions.md` §4). A replay reads these and never draws again.
public sealed interface AccountFact {
  /// When it was decided, on our clock.
  Instant happenedAt();

  /// The account got a new generation with this tag.
  ///
  /// @param ordinal 1 for the first generation of the account
  record GenerationIssued(int ordinal, RevocationTag tag, Instant at) implements AccountFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The account's phase of the proof grid was drawn.
  record OffsetDrawn(ProofOffset offset, Instant at) implements AccountFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The generation was revoked for ever; `at` is the record stamp that the revocation list is
  /// computed from.
  record GenerationRevoked(int ordinal, Instant at) implements AccountFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// Somebody who runs the service did something, and why.
  record OperatorNote(String reason, Instant at) implements AccountFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }
}
