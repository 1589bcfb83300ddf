package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.Set;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.PaymentId;

/// What is known under a name that somebody looked for, as it stood at one moment.
public sealed interface Found {

  /// One account, with what waits for its owner or bears the name.
  ///
  /// @param named the payments that bear the name; empty if the account was named by its key
  record OneAccount(AccountHistory history, Set<PaymentId> named) implements Found {
    public OneAccount {
      named = Set.copyOf(named);
    }
  }

  /// Payments without owner, and no account.
  ///
  /// @param payments at least one
  record Unclaimed(List<PaymentHistory> payments) implements Found {
    public Unclaimed {
      payments = List.copyOf(payments);
    }
  }

  /// The name belongs to purchases of different owners.
  ///
  /// @param accounts at least 2
  record SeveralAccounts(int accounts) implements Found {}

  /// Nothing.
  record Nothing() implements Found {}
}
