package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// How a payment of the source must be shown here, whichever generation it comes from.
///
/// @param status what must be said of it at the instant of the run
/// @param lagging whether the old service says something else, until the next midnight
record DuePayment(
    PaymentId id, Named named, Times times, Terms terms, Payment.Status status, boolean lagging) {

  /// What it is called.
  ///
  /// @param transaction of the App Store; null elsewhere
  /// @param others of the App Store's transactions that stand for it
  /// @param binding whose purchase it is, as the store was told; null if nobody knows
  record Named(
      PaymentKey key,
      @Nullable TransactionId transaction,
      List<TransactionId> others,
      @Nullable Binding binding,
      Plan plan) {

    /// Every transaction that stands for it.
    Set<TransactionId> transactions() {
      Set<TransactionId> all = new HashSet<>(others);
      if (transaction != null) {
        all.add(transaction);
      }
      return all;
    }
  }

  /// Instants; null for what never was.
  ///
  /// @param redeemed when it got its owner; null exactly if it has none
  /// @param expiry null while a length is unspent
  record Times(
      Instant purchased,
      @Nullable Instant redeemed,
      @Nullable Instant expiry,
      Instant refundDeadline,
      @Nullable Instant revoked,
      @Nullable Instant refundRequested) {}

  /// How it goes on.
  ///
  /// @param grace null for none
  /// @param credit what is left of a length of service; null if it is a term
  record Terms(boolean renewing, @Nullable Duration grace, @Nullable Duration credit) {}

  boolean isBound() {
    return times.redeemed() != null;
  }

  boolean isRevoked() {
    return times.revoked() != null;
  }
}
