package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.Crypto;

/// What has to be known of a source as a whole before any of its accounts can be understood; little, of
/// however many accounts, but for payments that nobody has claimed.
///
/// @param takenAt the instant of the run
record V0Ground(
    Instant takenAt,
    Generations generations,
    Sieve<V0Payment> sieve,
    Waiting<V0Payment> waiting,
    Options options) {
  /// How long a revocation is listed.
  static final Duration LISTED = Duration.ofDays(31);

  /// What is known of generations.
  ///
  /// @param revocations by the number of their generation
  /// @param sharers who shared a generation and lost it
  /// @param unheard subscriptions that something may have been revoked of in vain; null if revocations
  ///     could be written
  record Generations(
      GenerationHandle handles,
      Map<Long, V0Revocation> revocations,
      Set<ByteString> sharers,
      @Nullable Set<SubscriptionKey> unheard) {
    static Generations of(V0Source source, V0Runtime runtime, Crypto crypto) {
      Map<Long, V0Revocation> revocations = new HashMap<>();
      source.revocations().forEach(one -> revocations.put(one.index(), one));
      return new Generations(
          new GenerationHandle(crypto, runtime.salt()),
          revocations,
          losers(source.sharingGenerations()),
          source.hasNarrowRevocations() ? revokedInVain(source) : null);
    }
  }

  static V0Ground of(
      V0Source source, V0Runtime runtime, Instant takenAt, Options options, Crypto crypto) {
    Sieve<V0Payment> sieve = sieve(source.namesakes());
    V0Repair repair = new V0Repair(takenAt.toEpochMilli(), options.development(), _ -> {});
    return new V0Ground(
        takenAt,
        Generations.of(source, runtime, crypto),
        sieve,
        waiting(source, sieve, repair),
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

  /// Payments of nobody, and those whose owner was named before they were redeemed.
  private static Waiting<V0Payment> waiting(
      V0Source source, Sieve<V0Payment> sieve, V0Repair repair) {
    Waiting<V0Payment> waiting =
        new Waiting<>(row -> StoreNames.key(row).orElseThrow().subscriptionKey());
    source.unowned(0, row -> await(row, sieve, repair, waiting));
    source.unredeemedOfSomebody(row -> {
      ByteString owner = row.owner();
      if (owner != null && owner.size() == MasterKey.SIZE) {
        await(row, sieve, repair, waiting);
      }
    });
    return waiting;
  }

  private static void await(
      V0Payment row, Sieve<V0Payment> sieve, V0Repair repair, Waiting<V0Payment> waiting) {
    V0Payment taken = sieve.taken(row, new Sieve.Rest());
    if (taken != null && !taken.isRevoked()) {
      V0Payment mended = repair.mend(taken, false);
      waiting.add(mended, StoreNames.binding(mended));
    }
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

  /// What Google revoked by messages that nobody could act on, and everything of Apple that is in
  /// trouble: whatever failed left that behind.
  private static Set<SubscriptionKey> revokedInVain(V0Source source) {
    Set<SubscriptionKey> unheard = new HashSet<>();
    source.googleMessages(message -> {
      if (!message.handled()) {
        ReceivedMessage.revoked(message)
            .map(token -> new SubscriptionKey(PaymentProvider.GOOGLE_PLAY, token))
            .ifPresent(unheard::add);
      }
    });
    source.troubles(trouble -> {
      if (trouble.provider() == V0Payment.APPLE && !trouble.id().isEmpty()) {
        unheard.add(new SubscriptionKey(PaymentProvider.APP_STORE, trouble.id()));
      }
    });
    return unheard;
  }

  /// The instant of the run in milliseconds.
  long now() {
    return takenAt.toEpochMilli();
  }

  /// Whether the user's generation is kept by another one.
  boolean hasLostItsTag(V0Account.User user) {
    return generations.sharers().contains(user.key());
  }

  RevocationTag tag(long index) {
    return generations.handles().of(index);
  }

  /// The revocation of a generation; null if it stands.
  @Nullable V0Revocation revocation(long index) {
    return generations.revocations().get(index);
  }

  /// Whether something of an account may have been refunded while no revocation could be written: the
  /// source does not say since when, so that everything counts of which no revocation is kept.
  boolean mayHaveMissedARefund(V0Account account) {
    Set<SubscriptionKey> unheard = generations.unheard();
    V0Account.User user = account.user();
    if (unheard == null || (user != null && revocation(user.index()) != null)) {
      return false;
    }
    return account.payments().stream()
        .anyMatch(row ->
            row.isRevoked()
                || StoreNames.key(row)
                    .filter(key -> unheard.contains(key.subscriptionKey()))
                    .isPresent());
  }

  /// The record stamp of a revocation (`import-python.md` §4.6): what is announced takes effect when it
  /// was said to, what is in force stays so.
  Instant stamp(V0Revocation revocation) {
    long effective = Math.min(revocation.creation() + Day.MILLIS, Day.roundUp(revocation.expiry()));
    return effective > now() ? Instant.ofEpochMilli(effective - Day.MILLIS) : inForce();
  }

  /// The stamp of a fresh tag whose account is refused: it is in no proof, so that nobody has to be told.
  Instant unlisted() {
    return takenAt.minus(LISTED);
  }

  /// The stamp of what is in force at once in both protocols.
  Instant inForce() {
    return takenAt.minusSeconds(26 * 3_600);
  }
}
