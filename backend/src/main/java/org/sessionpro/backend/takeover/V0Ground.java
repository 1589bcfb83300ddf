package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.Crypto;

/// What has to be known of a source as a whole before any of its accounts can be understood; little, of
/// however many accounts.
///
/// @param takenAt the instant of the run
/// @param revocations by the number of their generation
/// @param sharers who shared a generation and lost it
record V0Ground(
    Instant takenAt,
    GenerationHandle handles,
    Map<Long, V0Revocation> revocations,
    Set<ByteString> sharers,
    Sieve<V0Payment> sieve,
    Options options) {

  static V0Ground of(
      V0Source source, V0Runtime runtime, Instant takenAt, Options options, Crypto crypto) {
    Map<Long, V0Revocation> revocations = new HashMap<>();
    source.revocations().forEach(one -> revocations.put(one.index(), one));
    return new V0Ground(
        takenAt,
        new GenerationHandle(crypto, runtime.salt()),
        revocations,
        losers(source.sharingGenerations()),
        sieve(source.namesakes()),
        options);
  }

  /// @param namesakes rows of which there is another one under the same name
  static Sieve<V0Payment> sieve(List<V0Payment> namesakes) {
    return new Sieve<V0Payment>(
        new Namesakes<>(
            namesakes,
            row -> V0Repair.unusable(row) == null ? StoreNames.key(row) : Optional.empty(),
            V0Merge::of),
        V0Repair::unusable,
        V0Rows::of);
  }

  /// All but the first of each generation.
  private static Set<ByteString> losers(List<V0Account.User> sharing) {
    Set<Long> seen = new HashSet<>();
    Set<ByteString> losers = new HashSet<>();
    for (V0Account.User user : sharing) {
      if (!seen.add(user.index())) {
        losers.add(user.key());
      }
    }
    return losers;
  }

  /// The instant of the run in milliseconds.
  long now() {
    return takenAt.toEpochMilli();
  }

  /// Whether the user's generation is kept by another one.
  boolean hasLostItsTag(V0Account.User user) {
    return sharers.contains(user.key());
  }

  RevocationTag tag(long index) {
    return handles.of(index);
  }

  /// The revocation of a generation; null if it stands.
  @Nullable V0Revocation revocation(long index) {
    return revocations.get(index);
  }

  /// The record stamp of a revocation (`import-python.md` §4.6): what is announced takes effect when it
  /// was said to, what is in force stays so.
  Instant stamp(V0Revocation revocation) {
    long effective = Math.min(revocation.creation() + Day.MILLIS, Day.roundUp(revocation.expiry()));
    return effective > now() ? Instant.ofEpochMilli(effective - Day.MILLIS) : inForce();
  }

  /// The stamp of what is in force at once in both protocols.
  Instant inForce() {
    return takenAt.minusSeconds(26 * 3_600);
  }
}
