package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.Set;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.SubscriptionHistory;

/// What is known under a name that somebody looked for, as it stood at one moment.
public sealed interface Found {

  /// One account, with what waits for its owner or bears the name.
  ///
  /// @param named the payments that bear the name; empty if the account was named by its key
  /// @param subscriptions those of all payments about which something was heard
  record OneAccount(
      AccountHistory history, Set<PaymentId> named, List<SubscriptionHistory> subscriptions)
      implements Found {
    public OneAccount {
      named = Set.copyOf(named);
      subscriptions = List.copyOf(subscriptions);
    }
  }

  /// Payments without owner, and no account.
  ///
  /// @param payments at least one
  /// @param subscriptions those of them about which something was heard
  record Unclaimed(List<PaymentHistory> payments, List<SubscriptionHistory> subscriptions)
      implements Found {
    public Unclaimed {
      payments = List.copyOf(payments);
      subscriptions = List.copyOf(subscriptions);
    }
  }

  /// The name belongs to purchases of different owners.
  ///
  /// @param accounts at least 2
  record SeveralAccounts(int accounts) implements Found {}

  /// Nothing.
  record Nothing() implements Found {}
}
