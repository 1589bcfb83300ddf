package org.sessionpro.backend.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.entitlement.SubscriptionFact;

/// What is to be written about a subscription, and what its judge tells whoever asked.
///
/// @param statements about payments; those that add nothing are not stored
/// @param facts about the subscription as a whole; those that add nothing are not stored
/// @param state what the store says of it now; null to leave what is stored
/// @param also written in the same transaction, last
/// @param reading what became of the store's record
/// @param answer for whoever asked
public record Ruling<R>(
    List<Statement> statements,
    List<SubscriptionFact> facts,
    @Nullable SubscriptionState state,
    InTransaction also,
    Reading reading,
    R answer) {
  public Ruling {
    statements = List.copyOf(statements);
    facts = List.copyOf(facts);
  }

  /// What became of the store's record.
  public enum Reading {
    /// It was understood, and the subscription counts as compared with it.
    COMPARED,
    /// It was understood and set aside for now, because it may be behind what was heard. The first
    /// such reading since the last comparison is remembered ([KnownSubscription#heldSince()]).
    HELD,
    /// It was of no use, or there was none.
    UNUSED
  }

  /// Writes nothing.
  public static <R> Ruling<R> nothing(R answer) {
    return new Ruling<>(
        List.of(), List.of(), null, InTransaction.nothing(), Reading.UNUSED, answer);
  }
}
