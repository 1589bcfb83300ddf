package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Change;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.FallRule;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.Settlement;
import org.sessionpro.backend.entitlement.Settlement.Settled;
import org.sessionpro.protocol.MasterKey;

/// The accounts of one transaction: locked when they exist, created when they are settled with a
/// first payment.
final class TransactionAccounts {
  private final Handle handle;
  private final Tables tables;
  private final Rules rules;
  private final Draws draws;
  private final Instant now;

  /// By id, which is the order in which they are settled.
  private final Map<Long, Held> held = new TreeMap<>();

  /// An account that this transaction may change.
  ///
  /// @param stored as it is in its table; null if it is to be created
  /// @param payments what was bound to it before this transaction
  /// @param facts of this transaction that are not stored yet
  private record Held(
      AccountId id,
      @Nullable MasterKey key,
      @Nullable AccountRow stored,
      List<RegisteredPayment> payments,
      List<AccountFact> facts) {
    /// The account after this transaction's facts; null if it is to be created.
    @Nullable Account account() {
      if (stored == null) {
        return null;
      }
      Account account = stored.account();
      for (AccountFact fact : facts) {
        account = account.apply(fact);
      }
      return account;
    }

    boolean isRevokedNow() {
      return facts.stream().anyMatch(GenerationRevoked.class::isInstance);
    }
  }

  TransactionAccounts(Handle handle, Tables tables, Rules rules, Instant now) {
    this.handle = handle;
    this.tables = tables;
    this.rules = rules;
    this.draws = new UnusedTags(rules.draws(), tables.accounts(), handle);
    this.now = now;
  }

  /// Locks an account that exists.
  ///
  /// @param key whose it is, if somebody asked by key
  Account lock(AccountId id, @Nullable MasterKey key) {
    AccountRow row = tables.accounts().locked(handle, id);
    held.put(id.value(), new Held(id, key, row, registered(id), new ArrayList<>()));
    return row.account();
  }

  /// Makes room for the account of a key that has none yet.
  AccountId create(MasterKey key) {
    AccountId id = draws.account();
    held.put(id.value(), new Held(id, key, null, List.of(), new ArrayList<>()));
    return id;
  }

  /// Locks the account of a key, or makes room for it.
  AccountId lockOrCreate(MasterKey key) {
    Optional<AccountId> existing = tables.accounts().find(handle, key).map(Account::id);
    existing.ifPresent(id -> lock(id, key));
    return existing.orElseGet(() -> create(key));
  }

  /// What payments of an account of this transaction, or of any that is stored, may carry.
  OwnerIds idsOf(AccountId id) {
    Held account = held.get(id.value());
    MasterKey key = account == null ? null : account.key();
    return OwnerIds.of(key == null ? tables.accounts().masterKey(handle, id) : key);
  }

  /// The account of this transaction whose purchases in the App Store carry that token.
  Optional<AccountId> ofAppleToken(Binding token) {
    return tables.accounts().ofAppleToken(handle, token).filter(this::holds);
  }

  boolean holds(AccountId id) {
    return held.containsKey(id.value());
  }

  /// The account that was locked or created for this key.
  AccountId of(MasterKey key) {
    return held.values().stream()
        .filter(account -> key.equals(account.key()))
        .map(Held::id)
        .findFirst()
        .orElseThrow();
  }

  /// Takes note of something about a locked account; stored when it is settled.
  void note(AccountId id, AccountFact fact) {
    Objects.requireNonNull(held.get(id.value())).facts().add(fact);
  }

  /// Brings every account into agreement with its payments and stores it.
  void settle(PaymentWriter payments, Bindings bindings) {
    held.values().forEach(account -> settle(account, payments, bindings));
  }

  private void settle(Held account, PaymentWriter writer, Bindings bindings) {
    if (falls(account, bindings)) {
      int ordinal = Objects.requireNonNull(account.account()).generation().ordinal();
      account.facts().add(new GenerationRevoked(ordinal, now));
    }
    List<PaymentRow> rows = tables.payments().ofAccount(handle, account.id());
    if (rows.isEmpty() && account.stored() == null) {
      return;
    }
    Settled settled = settled(account, rows.stream().map(PaymentRow::registered).toList());
    for (PaymentRow row : rows) {
      Optional.ofNullable(settled.charges().get(row.id()))
          .ifPresent(charge -> writer.store(row, List.of(charge)));
    }
    List<AccountFact> facts = new ArrayList<>(account.facts());
    facts.addAll(settled.accountFacts());
    store(account, settled.account(), facts);
  }

  private Settled settled(Held held, List<RegisteredPayment> payments) {
    Settlement settlement = rules.settlement();
    Account account = held.account();
    if (account == null) {
      return settlement.open(held.id(), payments, draws, now);
    }
    Account before = asOfNow(account, held.payments());
    return held.isRevokedNow()
            || new Change(held.payments(), payments, now).renewsGeneration(settlement)
        ? settlement.settle(before, payments, draws, now)
        : settlement.recompute(before, payments, draws, now);
  }

  /// The account by what it was entitled to just before this transaction: what time alone has moved
  /// since it was stored draws nothing.
  private Account asOfNow(Account account, List<RegisteredPayment> payments) {
    return account.creditsCheckpoint() == null || payments.isEmpty()
        ? account
        : account.entitledTo(
            Standing.at(now, account, payments, rules.settlement()).account().entitlement());
  }

  /// Whether coverage fell so far that the proofs in circulation must be revoked, even after
  /// everything that waits for the owner is bound (`entitlement.md` §8).
  private boolean falls(Held account, Bindings bindings) {
    Account before = account.account();
    if (before == null || before.generation().isRevoked() || !isBroadcast(account)) {
      return false;
    }
    MasterKey owner = tables.accounts().masterKey(handle, account.id());
    bindings.claimAll(account.id(), OwnerIds.of(owner), now);
    return isBroadcast(account);
  }

  private boolean isBroadcast(Held account) {
    Change change = new Change(account.payments(), registered(account.id()), now);
    return change.fall(rules.settlement()) == FallRule.Decision.REVOKE;
  }

  private List<RegisteredPayment> registered(AccountId id) {
    return tables.payments().ofAccount(handle, id).stream().map(PaymentRow::registered).toList();
  }

  private void store(Held account, Account settled, List<AccountFact> facts) {
    AccountRow stored = account.stored();
    int present = stored == null ? 0 : stored.factCount();
    int total = present + facts.size();
    if (stored == null) {
      MasterKey key = Objects.requireNonNull(account.key());
      tables.accounts().insert(handle, key, settled, total);
    } else {
      facts.forEach(fact -> storeGeneration(account.id(), fact));
      tables.accounts().update(handle, settled, total);
      if (facts.stream().anyMatch(GenerationIssued.class::isInstance)) {
        tables.accounts().updateCounters(handle, account.id(), settled.counters());
      }
    }
    FactTable.append(handle, account.id(), present, facts, now);
  }

  private void storeGeneration(AccountId id, AccountFact fact) {
    switch (fact) {
      case GenerationIssued issued -> tables.accounts().insertGeneration(handle, id, issued);
      case GenerationRevoked revoked -> {
        tables.accounts().revokeGeneration(handle, id, revoked);
        RevocationTable.advanceTicket(handle, now);
      }
      case AccountFact.OffsetDrawn _, AccountFact.OperatorNote _ -> {}
    }
  }
}
