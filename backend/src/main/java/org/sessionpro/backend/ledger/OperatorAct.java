package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that somebody who runs the service did by hand.
///
/// @param target the key or id that it was done to; null if it was done to the ledger as a whole
/// @param effect what it came to, in words without keys and ids
/// @param at our clock
public record OperatorAct(
    Kind kind, @Nullable String target, String effect, String reason, Instant at) {

  /// What can be done by hand.
  public enum Kind {
    VOUCHER_MINTED,
    ACCOUNT_REVOKED,
    PAYMENT_REATTRIBUTED,
    TICKET_BUMPED,
    KEY_ROTATED,
    ITEM_DROPPED,
    /// A store was asked to do something with a purchase, or was given an answer.
    STORE_ASKED
  }

  public OperatorAct {
    if (effect.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException("what is done by hand has an effect and a reason");
    }
  }

  /// Links a person to a purchase, and is therefore not printed.
  @Override
  public String toString() {
    return "OperatorAct(" + kind + ")";
  }
}
