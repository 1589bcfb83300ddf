package org.sessionpro.backend.takeover;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.protocol.ByteString;

/// What becomes of a key's rows, whichever generation they come from.
///
/// @param key normally of 32 bytes
/// @param account what is taken over; null for nothing
/// @param bound how the payments that the account owns must be shown, in the order of their numbers
/// @param pending payments that name the key, but that nobody owns
/// @param outlook what its answers were, and must be
/// @param wish what the operator wants of it besides
record AccountPlan(
    ByteString key,
    @Nullable InheritedAccount account,
    List<DuePayment> bound,
    List<UnclaimedPayment> pending,
    Aside aside,
    Outlook outlook,
    Wish wish) {
  AccountPlan {
    bound = List.copyOf(bound);
    pending = List.copyOf(pending);
  }

  /// What the key is answered, before and after.
  ///
  /// @param forecast as long as nothing is asked for
  /// @param touch once its owner has asked for anything; null if nothing waits for that
  record Outlook(Forecast forecast, Touch.@Nullable Foreseen touch) {
    /// The rules that let somebody who is served end earlier, now or once the owner has asked, as far as
    /// the source tells: which cycles follow those that wait shows in the target only.
    Set<Category> losses() {
      Set<Category> losses = forecast.losses();
      if (touch != null) {
        losses.addAll(touch.with(Set.of()).forecast().losses());
      }
      return losses;
    }
  }

  Forecast forecast() {
    return outlook.forecast();
  }

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
