package org.sessionpro.backend.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.protocol.MasterKey;

/// The tables whose SQL depends on the engine.
record Tables(
    PaymentTable payments,
    PaymentNames names,
    AccountTable accounts,
    SubscriptionTable subscriptions,
    Dialect dialect) {
  static Tables of(Dialect dialect) {
    return new Tables(
        new PaymentTable(dialect),
        new PaymentNames(dialect),
        new AccountTable(dialect),
        new SubscriptionTable(dialect),
        dialect);
  }

  /// Numbers the next payment behind those that brought their own numbers.
  void goOnNumbering(Handle handle) {
    dialect
        .goOnNumbering("payments")
        .ifPresent(statement -> handle.createQuery(statement).mapTo(Long.class).findOne());
  }

  /// The payment of that name if it is bound to the account of that key.
  Optional<PaymentRow> owned(Handle handle, MasterKey key, PaymentName name) {
    return accounts
        .find(handle, key)
        .flatMap(account -> names.find(handle, name).filter(row -> row.isOwnedBy(account.id())));
  }
}
