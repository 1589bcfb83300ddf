package org.sessionpro.backend.takeover.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;

/// What the rows of summer 2026 say of one account (`import-python.md` §3.1).
///
/// @param payments in the order of their numbers
/// @param generations in the order of their numbers
public record V1Account(User user, List<V1Payment> payments, List<Generation> generations) {
  public V1Account {
    payments = List.copyOf(payments);
    generations = List.copyOf(generations);
  }

  /// A row of `users`.
  ///
  /// @param generation number of the current one
  /// @param offset of its proof grid, in seconds
  /// @param checkpoint up to when credits were charged; null for no live credit
  public record User(
      ByteString key,
      long generation,
      Entitled entitled,
      int offset,
      @Nullable Instant checkpoint,
      ProofCounters counters) {}

  /// What the row says that the payments come to.
  ///
  /// @param expiry with credits, without grace
  /// @param grace null for none
  public record Entitled(Instant expiry, @Nullable Duration grace, boolean renewing) {}

  /// A row of `generations`.
  ///
  /// @param revokedAt null while it stands
  public record Generation(
      long id, RevocationTag tag, Instant issuedAt, @Nullable Instant revokedAt) {}
}
