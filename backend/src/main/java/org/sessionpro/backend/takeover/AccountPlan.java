package org.sessionpro.backend.takeover;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;

/// What becomes of a key's rows.
///
/// @param source the rows as they are
/// @param account what is taken over; null for nothing
/// @param bound the mended payments that the account owns, in the order of their numbers
/// @param pending mended payments that nobody owns
/// @param wish what the operator wants of it besides
record AccountPlan(
    V0Account source,
    @Nullable InheritedAccount account,
    List<V0Payment> bound,
    List<V0Payment> pending,
    Aside aside,
    Forecast forecast,
    Wish wish) {

  /// What is noticed on the way.
  ///
  /// @param ownerless a revoked tag whose account is left behind
  /// @param quarantine rows that no rule can take over
  record Aside(List<RevokedTag> ownerless, List<Quarantined> quarantine, List<Note> notes) {}

  /// What an operator may want of an account that the old service left in an odd state.
  enum Wish {
    NOTHING,
    /// It was blocked, and goes on under another tag.
    ROLLED,
    /// Its revocation was forgotten, and is listed again.
    LISTED
  }
}
