package org.sessionpro.backend.ledger;

import org.sessionpro.backend.db.Dialect;

/// The tables whose SQL depends on the engine.
record Tables(PaymentTable payments, PaymentNames names, AccountTable accounts) {
  static Tables of(Dialect dialect) {
    return new Tables(
        new PaymentTable(dialect), new PaymentNames(dialect), new AccountTable(dialect));
  }
}
