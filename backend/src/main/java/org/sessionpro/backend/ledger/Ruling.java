package org.sessionpro.backend.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.entitlement.SubscriptionFact;

/// What is to be written about a subscription, and what its judge tells whoever asked.
///
/// @param statements about payments; those that add nothing are not stored
/// @param notes about cycles, beside what is stated of them
/// @param facts about the subscription as a whole; those that add nothing are not stored
/// @param state what the store says of it now; null to leave what is stored
/// @param also written in the same transaction, last
/// @param reading what became of the store's record
/// @param answer for whoever asked
public record Ruling<R>(
    List<Statement> statements,
    CycleNotes notes,
    List<SubscriptionFact> facts,
    @Nullable SubscriptionState state,
    InTransaction also,
    Reading reading,
    R answer) {
  public Ruling {
    statements = List.copyOf(statements);
    facts = List.copyOf(facts);
  }

  /// Without notes.
  public Ruling(
      List<Statement> statements,
      List<SubscriptionFact> facts,
      @Nullable SubscriptionState state,
      InTransaction also,
      Reading reading,
      R answer) {
    this(statements, CycleNotes.NONE, facts, state, also, reading, answer);
  }

  /// What became of the store's record.
  public enum Reading {
    /// It was understood, and the subscription counts as compared with it.
    COMPARED,
    /// It was a part of the record, and understood: what it says is kept, but the subscription does
    /// not count as compared.
    HEARD,
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
