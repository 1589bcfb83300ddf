package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.PurchaseToken;

/// What follows from Google's record of a purchase, given what is known of it already; decided by
/// [GoogleConverge], carried out by whoever asked.
public sealed interface Convergence {
  /// The record is understood. All of this belongs into one transaction; then the work is done, or put
  /// off.
  ///
  /// @param statements what is to be recorded about payments; empty if nothing is new
  /// @param facts what is new about the subscription as a whole
  /// @param followUps other purchases that are worth a look now
  /// @param state what is known of the subscription from now on; null if there was no record
  /// @param nextLook when to look again, because the record may be behind a refund that was heard; null
  ///     if nothing is doubtful
  record Applied(
      List<Statement> statements,
      List<SubscriptionFact> facts,
      Set<PurchaseToken> followUps,
      @Nullable SubscriptionState state,
      Set<Alarm> alarms,
      @Nullable Instant nextLook)
      implements Convergence {
    /// Done, and nothing follows.
    public static final Applied NOTHING =
        new Applied(List.of(), List.of(), Set.of(), null, Set.of());

    public Applied {
      statements = List.copyOf(statements);
      facts = List.copyOf(facts);
      followUps = Set.copyOf(followUps);
      alarms = Set.copyOf(alarms);
    }

    /// Nothing is doubtful.
    public Applied(
        List<Statement> statements,
        List<SubscriptionFact> facts,
        Set<PurchaseToken> followUps,
        @Nullable SubscriptionState state,
        Set<Alarm> alarms) {
      this(statements, facts, followUps, state, alarms, null);
    }

    static Applied followedBy(Set<PurchaseToken> followUps) {
      return new Applied(List.of(), List.of(), followUps, null, Set.of());
    }
  }

  /// The record names nothing that was paid for; look again at `until`. No failure.
  record Waits(Instant until, Missing missing) implements Convergence {}

  /// What is waited for.
  enum Missing {
    /// The payment is pending.
    PAYMENT,
    /// The record is about something that was bought, and names nothing of ours in it that was.
    ORDER
  }

  /// The record takes something away that it may not mean yet; write nothing and look again at
  /// `nextLook`. No failure (`decisions-stores.md` §2.1).
  record HeldLoss(Instant nextLook) implements Convergence {}

  /// The record was asked for before another one that is understood already, or the clocks of two
  /// processes differ; write nothing and look again at `nextLook`, when every clock says that the new
  /// record is the newer one. No failure (`decisions-stores.md` §4).
  record Stale(Instant nextLook) implements Convergence {}

  /// The record cannot be used as the server is configured, and might be after a while: a failed
  /// attempt, parked for this reason when there were too many.
  ///
  record Fails(Obstacle obstacle, Money money) implements Convergence {}

  /// The record cannot be used until something changes: parked at once.
  ///
  record Parked(Obstacle obstacle, Money money) implements Convergence {}

  /// What becomes of the money that was paid for what cannot be used.
  sealed interface Money {
    /// Google gives it back by itself at that instant, because nobody acknowledges the purchase.
    record Refunded(Instant at) implements Money {}

    /// Google keeps it, because the purchase is acknowledged: a renewal is so from its beginning.
    record Kept() implements Money {}

    /// The purchase is over, or nobody paid.
    record Past() implements Money {}
  }

  /// Why a record cannot be used (`decisions-stores.md` §5).
  enum Obstacle {
    /// No source tells whose purchase it is. It must not be acknowledged, so that Google gives the
    /// money back.
    NO_OWNER,
    /// Sold, or renewed, in a way that is not configured. Must not be acknowledged either.
    UNKNOWN_PLAN,
    /// Bought once and not configured. Must not be acknowledged either.
    UNKNOWN_PRODUCT,
    /// Bought by a licence tester, whose purchases do not count here.
    TEST_PURCHASE
  }

  /// What somebody should look at.
  enum Alarm {
    /// A revocation was carried out though the record has gone on entitling for an hour.
    REVOKED_AGAINST_THE_RECORD,
    /// The record has gone on naming a cycle that is over for an hour; it was left aside.
    FORMER_CYCLE_STATED,
    /// The money of a cycle was given back and the subscription goes on.
    REFUNDED_WITHOUT_LOSS,
    /// Some of the pieces of what was bought once were given back; their share was taken away.
    REFUNDED_IN_PART,
    /// As that, of an order of several products, and nobody says which; nothing was taken away.
    REFUNDED_IN_SOME_PART,
    /// The subscription consists of several things that are ours; the furthest end counts.
    SEVERAL_ITEMS_OWNED,
    /// A state that nobody has heard of; treated as active.
    UNKNOWN_STATE,
    /// Google took a purchase back because nobody acknowledged it.
    NOT_ACKNOWLEDGED_IN_TIME
  }

  /// What is kept of a purchase beside its payments and facts.
  ///
  /// @param statedAt when the record was asked for; what is asked for earlier is older
  /// @param status null for what was bought once
  /// @param next the product that it will consist of after the next renewal
  /// @param resumesAt end of a pause
  /// @param linked the purchase whose place it took
  /// @param test whether a licence tester bought it
  record SubscriptionState(
      Instant statedAt,
      SubscriptionResource.@Nullable State status,
      @Nullable ProductId next,
      @Nullable Instant resumesAt,
      @Nullable PurchaseToken linked,
      boolean test) {}
}
