package org.sessionpro.backend.takeover;

import java.util.List;
import java.util.Set;
import org.sessionpro.backend.entitlement.PaymentId;

/// What an account comes to once its owner has asked for anything, so that what waits for the owner is
/// bound (`import-python.md` §6.1).
///
/// @param bound how the payments must be shown that the owner has then
/// @param claims why they are bound that the old service does not bind; empty if it binds them all
/// @param forecast from what the old service answers then to what this one must
record Touch(List<DuePayment> bound, Set<Category> claims, Forecast forecast) {
  Touch {
    bound = List.copyOf(bound);
    claims = Set.copyOf(claims);
  }

  /// Works it out; by any thread.
  @FunctionalInterface
  interface Foreseen {
    /// What it comes to.
    ///
    /// @param shown the payments that the owner is seen to have then: cycles that follow one that is
    ///     bound by its buyer's id are bound with it, if they are among these
    Touch with(Set<PaymentId> shown);
  }
}
