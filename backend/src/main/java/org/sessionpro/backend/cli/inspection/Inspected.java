package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Knowledge;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.SubscriptionHistory;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Found;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Sought;

/// What a command looks at: one account, or payments that nobody owns.
///
/// @param account null if nobody owns what was found
/// @param unclaimed payments without owner
/// @param named the payments that bear the name that was asked for
/// @param subscriptions about which something was heard as a whole
record Inspected(
    @Nullable AccountHistory account,
    List<PaymentHistory> unclaimed,
    Set<PaymentId> named,
    List<SubscriptionHistory> subscriptions) {

  /// What is known under a name.
  ///
  /// @throws CommandFailed if that is nothing, or several accounts
  static Inspected find(Ledger ledger, Sought sought) {
    return switch (ledger.inspection().find(sought)) {
      case Found.OneAccount(
              AccountHistory history,
              Set<PaymentId> named,
              List<SubscriptionHistory> subscriptions) ->
          new Inspected(history, history.unclaimed(), named, subscriptions);
      case Found.Unclaimed(
              List<PaymentHistory> payments,
              List<SubscriptionHistory> subscriptions) ->
          new Inspected(
              null,
              payments,
              payments.stream().map(PaymentHistory::id).collect(Collectors.toSet()),
              subscriptions);
      case Found.SeveralAccounts(int accounts) ->
          throw CommandFailed.because(
              "the id belongs to payments of "
                  + accounts
                  + " accounts; name one of the payments by its order or transaction");
      case Found.Nothing _ ->
          throw CommandFailed.because("no account and no payment is known by that key or id");
    };
  }

  /// The subscriptions that all these payments belong to.
  Set<SubscriptionKey> keys() {
    Set<SubscriptionKey> keys = new LinkedHashSet<>();
    List<PaymentHistory> bound = account == null ? List.of() : account.payments();
    Stream.concat(bound.stream(), unclaimed.stream())
        .forEach(one -> keys.add(one.stored().payment().key().subscriptionKey()));
    return keys;
  }

  /// What was known at an instant of our clock.
  Knowledge asOf(Instant instant) {
    return account == null ? Knowledge.ofUnclaimed(unclaimed, instant) : account.asOf(instant);
  }
}
