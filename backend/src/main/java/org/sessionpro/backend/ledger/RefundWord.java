package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.protocol.MasterKey;

/// What somebody says of a refund of one payment: that it was asked for, or is not any more
/// (`wire-v0.md` §5.5).
record RefundWord(MasterKey asker, PaymentName payment, RefundRequested fact) {
  /// How many words about its refund a payment keeps, so that its owner cannot fill the disk. Further
  /// ones of the owner change nothing; what the store says counts as ever.
  ///
  /// A word that repeats the one before is kept as well, if it is newer: without it, an older one that
  /// is heard late, as when the store declined, would undo what was said after it.
  static final int MOST = 1_000;

  private static final Lookup KEPT =
      new Lookup(
          "SELECT count(*) FROM facts WHERE subject = 'payment' AND subject_id = ? AND kind = ?");

  /// What a word comes to.
  enum Effect {
    /// The payment is not the asker's; whether there is one is nobody's business.
    FOREIGN,
    /// It is the asker's, and nothing changes.
    NOTHING,
    CHANGE
  }

  /// @param requestedAt null for a request that is withdrawn; taken to [Micros#LATEST] at most
  /// @param at when the owner said so, by the owner's clock
  static RefundWord of(
      MasterKey asker, PaymentName payment, @Nullable Instant requestedAt, Instant at) {
    Instant storable = requestedAt == null ? null : storable(requestedAt);
    return new RefundWord(asker, payment, new RefundRequested(Micros.floor(at), storable));
  }

  private static Instant storable(Instant instant) {
    return instant.isBefore(Micros.LATEST) ? Micros.floor(instant) : Micros.LATEST;
  }

  /// What it comes to now. Nothing is locked, so that of words that come at once a few more may be kept.
  Effect effect(Handle handle, Tables tables) {
    Optional<PaymentRow> owned = tables.owned(handle, asker, payment);
    if (owned.isEmpty()) {
      return Effect.FOREIGN;
    }
    PaymentRow row = owned.get();
    boolean tellsNothing = row.payment().apply(fact).equals(row.payment());
    return tellsNothing || isFull(handle, row) ? Effect.NOTHING : Effect.CHANGE;
  }

  private static boolean isFull(Handle handle, PaymentRow row) {
    return row.factCount() >= MOST
        && KEPT.one(
            handle,
            found -> found.getLong(1) >= MOST,
            row.id().value(),
            PaymentFactCodec.REFUND_REQUESTED);
  }
}
