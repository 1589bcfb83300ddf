package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.Reckoning;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.Settlement;

/// An account and its payments as they stand at an instant: with credits charged up to then, and
/// folded anew (`decisions.md` §5).
///
/// This is what answers show, however long ago the account was stored, and what a pass over its
/// credits stores; so no answer tells whether there was a pass. Generation and offset are those that
/// were stored: time alone neither issues nor draws.
///
/// @param payments all of the account; empty if none differs from what is stored
/// @param charges what the stored credits lack, by payment
record Standing(
    Account account,
    Map<PaymentId, RegisteredPayment> payments,
    Map<PaymentId, CreditCharged> charges) {

  /// An account without a live credit: time changes nothing about it.
  static Standing unmoved(Account stored) {
    return new Standing(stored, Map.of(), Map.of());
  }

  /// An account with a live credit, as it stands at `at`.
  ///
  /// @param payments all that are bound to it
  static Standing at(
      Instant at, Account stored, Collection<RegisteredPayment> payments, Settlement settlement) {
    Reckoning reckoned = settlement.reckon(payments, stored.creditsCheckpoint(), at);
    return new Standing(
        reckoned.account(stored),
        reckoned.payments().stream()
            .collect(Collectors.toMap(RegisteredPayment::id, Function.identity())),
        reckoned.charges());
  }

  /// The payment as it stands.
  RegisteredPayment of(RegisteredPayment stored) {
    return payments.getOrDefault(stored.id(), stored);
  }

  /// The payments as they stand.
  List<RegisteredPayment> of(List<RegisteredPayment> stored) {
    return stored.stream().map(this::of).toList();
  }
}
