package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.SubscriptionHistory;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;

/// Looks up everything that is recorded about an account or a payment, for those who run the
/// service. Reads only.
public final class AccountInspection {
  private final Database database;
  private final Tables tables;

  AccountInspection(Database database, Tables tables) {
    this.database = database;
    this.tables = tables;
  }

  /// What is known under that name, read as it stood at one moment.
  public Found find(Sought sought) {
    return database.snapshot(handle -> {
      MasterKey key = sought.key();
      Found byKey = key == null ? new Found.Nothing() : byKey(handle, key);
      return byKey instanceof Found.Nothing ? byId(handle, sought) : byKey;
    });
  }

  /// When another service was taken over, before which nothing is known; empty for never.
  public Optional<Instant> takenAt() {
    return database.<Optional<ImportRun>>read(ImportRunTable::find).map(ImportRun::takenAt);
  }

  private Found byKey(Handle handle, MasterKey key) {
    List<PaymentHistory> unclaimed =
        histories(handle, PaymentSearch.unclaimedOf(handle, OwnerIds.of(key)));
    Optional<Account> account = tables.accounts().find(handle, key);
    if (account.isPresent()) {
      AccountHistory history = history(handle, key, account.get(), unclaimed);
      return oneAccount(handle, history, Set.of());
    }
    return unclaimed.isEmpty() ? new Found.Nothing() : unclaimed(handle, unclaimed);
  }

  private Found byId(Handle handle, Sought sought) {
    List<PaymentRow> named = PaymentSearch.named(handle, sought);
    Set<AccountId> owners =
        named.stream()
            .flatMap(row -> Stream.ofNullable(row.payment().owner()))
            .map(Payment.Owner::account)
            .collect(Collectors.toSet());
    List<PaymentRow> unclaimed =
        named.stream().filter(row -> row.payment().owner() == null).toList();
    return switch (owners.size()) {
      case 0 ->
          named.isEmpty() ? new Found.Nothing() : unclaimed(handle, histories(handle, unclaimed));
      case 1 -> ofOwner(handle, owners.iterator().next(), named, unclaimed);
      default -> new Found.SeveralAccounts(owners.size());
    };
  }

  private Found ofOwner(
      Handle handle, AccountId owner, List<PaymentRow> named, List<PaymentRow> unclaimed) {
    MasterKey key = tables.accounts().masterKey(handle, owner);
    Account account = tables.accounts().find(handle, key).orElseThrow();
    List<PaymentRow> both = new ArrayList<>(unclaimed);
    both.addAll(PaymentSearch.unclaimedOf(handle, OwnerIds.of(key)));
    return oneAccount(
        handle,
        history(handle, key, account, histories(handle, both)),
        named.stream().map(PaymentRow::id).collect(Collectors.toSet()));
  }

  private AccountHistory history(
      Handle handle, MasterKey key, Account account, List<PaymentHistory> unclaimed) {
    return new AccountHistory(
        key,
        account,
        FactTable.learned(handle, account.id()),
        histories(handle, tables.payments().ofAccount(handle, account.id())),
        unclaimed);
  }

  private Found oneAccount(Handle handle, AccountHistory history, Set<PaymentId> named) {
    List<PaymentHistory> all = new ArrayList<>(history.payments());
    all.addAll(history.unclaimed());
    return new Found.OneAccount(history, named, subscriptions(handle, all));
  }

  private Found unclaimed(Handle handle, List<PaymentHistory> payments) {
    return new Found.Unclaimed(payments, subscriptions(handle, payments));
  }

  private List<SubscriptionHistory> subscriptions(Handle handle, List<PaymentHistory> payments) {
    return payments.stream()
        .map(payment -> payment.stored().payment().key().subscriptionKey())
        .filter(key -> key.provider() != PaymentProvider.STF)
        .distinct()
        .flatMap(key -> tables.subscriptions().find(handle, key).stream())
        .map(row -> new SubscriptionHistory(row.key(), FactTable.ofSubscription(handle, row.id())))
        .filter(history -> !history.facts().isEmpty())
        .toList();
  }

  /// The payments with their facts, each once, oldest registration first.
  private static List<PaymentHistory> histories(Handle handle, List<PaymentRow> rows) {
    SortedMap<PaymentId, PaymentRow> distinct = new TreeMap<>();
    rows.forEach(row -> distinct.put(row.id(), row));
    return distinct.values().stream()
        .map(row -> new PaymentHistory(row.registered(), FactTable.learned(handle, row.id())))
        .toList();
  }
}
