package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was known of an account at some instant of our clock: all that its entitlement follows
/// from.
///
/// @param settledAt when the account was last computed by then; credits are charged up to here
/// @param generations in their order; empty if there was no account
/// @param offset null exactly if there was no account
/// @param bound the payments that were the account's
/// @param waiting payments that had no owner
/// @param stored the account as it is stored; null if anything was learned since, or there is none.
///     Its counters and the end of what nothing carries any more have no facts
public record Knowledge(
    Instant settledAt,
    List<Generation> generations,
    @Nullable ProofOffset offset,
    List<RegisteredPayment> bound,
    List<Waiting> waiting,
    @Nullable Account stored) {
  public Knowledge {
    generations = List.copyOf(generations);
    bound = List.copyOf(bound);
    waiting = List.copyOf(waiting);
  }

  /// What was known at `instant` of payments that nobody owns.
  public static Knowledge ofUnclaimed(List<PaymentHistory> payments, Instant instant) {
    return new Knowledge(
        instant, List.of(), null, List.of(), PaymentHistory.unclaimed(payments, instant), null);
  }
}
