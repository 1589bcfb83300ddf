package org.sessionpro.backend.ledger;

import org.sessionpro.backend.db.Dialect;

/// The tables whose SQL depends on the engine.
record Tables(
    PaymentTable payments,
    PaymentNames names,
    AccountTable accounts,
    SubscriptionTable subscriptions) {
  static Tables of(Dialect dialect) {
    return new Tables(
        new PaymentTable(dialect),
        new PaymentNames(dialect),
        new AccountTable(dialect),
        new SubscriptionTable(dialect));
  }
}
