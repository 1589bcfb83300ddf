package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.CycleNotes;
import org.sessionpro.backend.ledger.RemarksHeard;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.ledger.SubscriptionState;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;

/// What follows from what Apple shows of a subscription, given what is known of it already; decided by
/// [AppleConverge], carried out by whoever asked.
public sealed interface Convergence {
  /// It is understood. All of this belongs into one transaction.
  ///
  /// @param statements what is to be recorded about payments; empty if nothing is new
  /// @param notes what is to be noted about cycles beside that
  /// @param state what is known of the subscription from now on
  /// @param remarks what is to be kept for those who answer the buyer; about each topic the latest
  ///     counts
  /// @param again when the records should be read once more, because they may lack what decides about
  ///     something that was concluded, or what a notification said about as late; null if nothing waits
  ///     for that
  record Applied(
      List<Statement> statements,
      CycleNotes notes,
      SubscriptionState state,
      List<RemarksHeard> remarks,
      Set<Alarm> alarms,
      @Nullable Instant again)
      implements Convergence {
    public Applied {
      statements = List.copyOf(statements);
      remarks = List.copyOf(remarks);
      alarms = Set.copyOf(alarms);
    }
  }

  /// It is about nothing but something that was bought once and is not configured: parked at once.
  record Parked(ProductId product) implements Convergence {}

  /// What somebody should look at.
  ///
  /// @param product which one, where that is what it is about; else null
  record Alarm(Matter matter, @Nullable ProductId product) {
    public static Alarm of(Matter matter) {
      return new Alarm(matter, null);
    }
  }

  /// What an alarm is about.
  enum Matter {
    /// A product that is in no map; what it grants was derived from its dates.
    UNMAPPED_PRODUCT,
    /// A purchase is shared with a family, or is not any more; nobody can have it.
    FAMILY_SHARED,
    /// The store does not say whose purchase it is, and it continues nobody's; known once it is
    /// recorded.
    UNATTRIBUTED,
    /// The store names another buyer than the owner of the subscription.
    FOREIGN_TOKEN,
    /// A refund was reversed of what nobody here had heard of; it counts.
    UNKNOWN_REVERSAL,
    /// A cycle that is known is not in the complete history; it stays.
    ABSENT_FROM_HISTORY
  }
}
