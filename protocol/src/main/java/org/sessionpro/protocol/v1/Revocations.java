package org.sessionpro.protocol.v1;

import java.time.Instant;
import java.util.Optional;
import org.sessionpro.protocol.RevocationTag;

/// What a verifier knows about revoked generations.
@FunctionalInterface
public interface Revocations {
  /// Knows of none.
  Revocations NONE = tag -> Optional.empty();

  /// From when on the tag is revoked; empty if it is not listed.
  Optional<Instant> effectiveAt(RevocationTag tag);

  /// The rule of `wire-v1.md` §11: revoked iff listed and `now ≥ effective_ts`.
  default boolean isRevoked(RevocationTag tag, Instant now) {
    return effectiveAt(tag).filter(effective -> !now.isBefore(effective)).isPresent();
  }
}
