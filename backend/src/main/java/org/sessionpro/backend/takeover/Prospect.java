package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.SourceMessage;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;

/// What becomes of a source at the instant of a run, whichever generation it is of: everything that the
/// pipeline surveys, loads and compares. Asked by one thread; what it hands over may be used by any.
interface Prospect {
  Instant takenAt();

  Options options();

  /// How many accounts there are, more or less.
  long accounts();

  /// Notes what is odd about the source, and what becomes different, beside its accounts and payments.
  void survey(Tally tally);

  /// Everything of one key.
  @FunctionalInterface
  interface Candidate {
    /// Decides what becomes of it: pure, and by any thread.
    AccountPlan plan();
  }

  /// Every key, in their order.
  ///
  /// @param after only those behind this one; null for all
  void candidates(@Nullable ByteString after, Consumer<Candidate> candidates);

  /// A payment that names no key.
  ///
  /// @param number in the source
  record Unowned(long number, PendingPlan plan) {}

  /// Every payment that names no key, in the order of their numbers.
  ///
  /// @param after only those with higher numbers
  void unowned(long after, Consumer<Unowned> payments);

  /// Revoked tags of no account.
  List<RevokedTag> ownerless();

  /// What the old service lists as revoked, each with what its record stamp has to be like.
  Map<RevocationTag, Predicate<Instant>> listed();

  /// Everything that was heard of Google.
  void googleMessages(Consumer<SourceMessage.Google> messages);

  /// Everything that was heard of Apple.
  void appleMessages(Consumer<SourceMessage.Apple> messages);

  /// What is still to be done, and must be found in the target exactly so.
  void work(Consumer<InheritedWork> work);

  /// The subscriptions whose owners are told of trouble.
  Set<SubscriptionKey> troubled();

  /// Whether proofs end on the same grid as here.
  boolean provesOnTheGrid();
}
