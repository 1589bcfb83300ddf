package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;

/// An account as the service before this one kept it (`import-python.md` §4.2). What it is entitled to
/// follows from its payments.
///
/// @param epochs its generations, the one in use last
/// @param offset its phase of the proof grid; null if it had none, and one is drawn
/// @param checkpoint credits are charged up to here; null if there is no live credit
/// @param payments those that it owns; at least one
/// @param ended where it ended if they come to nothing
public record InheritedAccount(
    MasterKey owner,
    List<Epoch> epochs,
    @Nullable ProofOffset offset,
    @Nullable Instant checkpoint,
    ProofCounters counters,
    List<InheritedPayment> payments,
    Instant ended) {
  public InheritedAccount {
    epochs = List.copyOf(epochs);
    payments = List.copyOf(payments);
    if (epochs.isEmpty() || payments.isEmpty()) {
      throw new IllegalArgumentException("an account has a generation and a payment");
    }
  }

  /// A generation.
  ///
  /// @param tag the handle in circulation; null if there is none, and one is drawn
  /// @param revokedAt the record stamp; null while it stands
  public record Epoch(@Nullable RevocationTag tag, Instant issuedAt, @Nullable Instant revokedAt) {}
}
