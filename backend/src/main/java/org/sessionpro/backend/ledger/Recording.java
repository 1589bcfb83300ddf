package org.sessionpro.backend.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LostRace;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OperatorNote;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.Settlement;
import org.sessionpro.backend.entitlement.Settlement.Settled;
import org.sessionpro.protocol.MasterKey;

/// One transaction of the ledger: facts go in, the payments they touch are reduced, and the
/// accounts concerned are settled.
///
/// Accounts are locked before payments, and each in the order of their ids or keys, so that two
/// transactions wait for each other in one direction only. Whoever finds that a payment got its
/// owner in between throws [LostRace] and is run again.
final class Recording {
  private static final Comparator<Statement> BY_KEY =
      Comparator.comparing((Statement s) -> s.key().provider())
          .thenComparing(s -> s.key().subscription())
          .thenComparing(s -> s.key().cycle());

  private final Handle handle;
  private final Tables tables;
  private final Settlement settlement;
  private final SecureRandom random;
  private final Instant now;

  /// The accounts of this transaction, locked or to be created, in the order of their ids.
  private final Map<Long, Concerned> accounts = new TreeMap<>();

  /// An account that this transaction settles.
  ///
  /// @param stored null if it is to be created
  /// @param key whose it is; null if it exists and nobody asked by key
  private record Concerned(AccountId id, @Nullable AccountRow stored, @Nullable MasterKey key) {}

  Recording(Handle handle, Tables tables, Settlement settlement, SecureRandom random, Instant now) {
    this.handle = handle;
    this.tables = tables;
    this.settlement = settlement;
    this.random = random;
    this.now = now;
  }

  /// Records facts about payments, binds those that name an owner, and settles.
  void record(List<Statement> statements) {
    lockOwners(statements);
    statements.stream().sorted(BY_KEY).forEach(this::apply);
    settleAll();
  }

  /// Binds everything that waits for this owner (`entitlement.md` §4.1).
  ///
  /// @return whether anything was bound
  boolean claim(MasterKey key, OwnerIds ids, Instant at) {
    AccountId owner = lockOrCreate(key);
    List<PaymentRow> pending = tables.payments().pendingLocked(handle, ids);
    for (PaymentRow row : pending) {
      store(row, row.payment(), List.of(new Claimed(owner, at, ClaimedBy.TOUCH)));
    }
    if (!pending.isEmpty()) {
      settleAll();
    }
    return !pending.isEmpty();
  }

  /// Revokes the account's current generation and settles, so that it goes on under a new tag if
  /// anything usable is left (`entitlement.md` §7.4).
  ///
  /// @return false if there is no such account or its generation is revoked already
  boolean revoke(MasterKey key, String reason) {
    Optional<AccountId> id = tables.accounts().find(handle, key).map(Account::id);
    if (id.isEmpty()) {
      return false;
    }
    AccountRow row = lock(id.get(), key);
    if (row.account().generation().isRevoked()) {
      return false;
    }
    int ordinal = row.account().generation().ordinal();
    List<AccountFact> facts =
        List.of(new OperatorNote(reason, now), new GenerationRevoked(ordinal, now));
    tables.accounts().revokeGeneration(handle, id.get(), ordinal, now);
    RevocationTable.advanceTicket(handle, now);
    FactTable.append(handle, id.get(), row.factCount(), facts, now);
    Account revoked = row.account();
    for (AccountFact fact : facts) {
      revoked = revoked.apply(fact);
    }
    AccountRow after = new AccountRow(revoked, row.factCount() + facts.size());
    accounts.put(id.get().value(), new Concerned(id.get(), after, key));
    settleAll();
    return true;
  }

  private void lockOwners(List<Statement> statements) {
    TreeSet<Long> owners = new TreeSet<>();
    Map<Long, MasterKey> claimants = new TreeMap<>();
    List<MasterKey> newcomers = new ArrayList<>();
    for (Statement statement : statements) {
      tables
          .payments()
          .find(handle, statement.key())
          .flatMap(row -> Optional.ofNullable(row.payment().owner()))
          .ifPresent(owner -> owners.add(owner.account().value()));
      Statement.Claim claim = statement.claim();
      if (claim != null) {
        tables
            .accounts()
            .find(handle, claim.owner())
            .ifPresentOrElse(
                account -> claimants.put(account.id().value(), claim.owner()),
                () -> newcomers.add(claim.owner()));
      }
    }
    owners.addAll(claimants.keySet());
    owners.forEach(id -> lock(new AccountId(id), claimants.get(id)));
    newcomers.stream().distinct().forEach(this::create);
  }

  private AccountRow lock(AccountId id, @Nullable MasterKey key) {
    AccountRow row = tables.accounts().locked(handle, id);
    accounts.put(id.value(), new Concerned(id, row, key));
    return row;
  }

  private AccountId create(MasterKey key) {
    AccountId id = new AccountId(random.nextLong(1, Long.MAX_VALUE));
    accounts.put(id.value(), new Concerned(id, null, key));
    return id;
  }

  private AccountId lockOrCreate(MasterKey key) {
    Optional<AccountId> existing = tables.accounts().find(handle, key).map(Account::id);
    existing.ifPresent(id -> lock(id, key));
    return existing.orElseGet(() -> create(key));
  }

  private AccountId accountOf(MasterKey key) {
    return accounts.values().stream()
        .filter(a -> key.equals(a.key()))
        .map(Concerned::id)
        .findFirst()
        .orElseThrow();
  }

  private void apply(Statement statement) {
    Optional<PaymentRow> row = tables.payments().findLocked(handle, statement.key());
    List<PaymentFact> facts = new ArrayList<>(statement.facts());
    Statement.Claim claim = statement.claim();
    if (claim != null) {
      facts.add(new Claimed(accountOf(claim.owner()), claim.at(), claim.how()));
    }
    if (row.isPresent()) {
      store(row.get(), row.get().payment(), facts);
    } else {
      register(statement, facts);
    }
  }

  private void register(Statement statement, List<PaymentFact> facts) {
    Payment payment = Payment.replay(statement.key(), facts);
    PaymentId id = tables.payments().insert(handle, payment, facts.size());
    FactTable.append(handle, id, 0, facts, now);
  }

  /// Applies the facts that add something and stores them with what they make of the payment.
  private void store(PaymentRow row, Payment before, List<PaymentFact> facts) {
    Payment.Owner owner = before.owner();
    if (owner != null && !accounts.containsKey(owner.account().value())) {
      throw new LostRace();
    }
    Payment after = before;
    List<PaymentFact> effective = new ArrayList<>();
    for (PaymentFact fact : facts) {
      Payment next = after.apply(fact);
      if (!next.equals(after)) {
        effective.add(fact);
        after = next;
      }
    }
    if (!effective.isEmpty()) {
      FactTable.append(handle, row.id(), row.factCount(), effective, now);
      tables
          .payments()
          .update(
              handle,
              new PaymentRow(
                  new RegisteredPayment(row.id(), after), row.factCount() + effective.size()));
    }
  }

  private void settleAll() {
    for (Concerned account : accounts.values()) {
      settle(account);
    }
  }

  private void settle(Concerned account) {
    List<PaymentRow> rows = tables.payments().ofAccount(handle, account.id());
    List<RegisteredPayment> payments = rows.stream().map(PaymentRow::registered).toList();
    if (payments.isEmpty()) {
      return;
    }
    AccountRow stored = account.stored();
    Settled settled =
        stored == null
            ? settlement.open(account.id(), payments, now)
            : settlement.settle(stored.account(), payments, now);
    for (PaymentRow row : rows) {
      PaymentFact charge = settled.charges().get(row.id());
      if (charge != null) {
        store(row, row.payment(), List.of(charge));
      }
    }
    int present = stored == null ? 0 : stored.factCount();
    int total = present + settled.accountFacts().size();
    if (stored == null) {
      MasterKey key = Objects.requireNonNull(account.key());
      tables.accounts().insert(handle, key, settled.account(), total);
    } else {
      if (settled.accountFacts().stream().anyMatch(GenerationIssued.class::isInstance)) {
        tables.accounts().insertGeneration(handle, account.id(), settled.account().generation());
        tables.accounts().updateCounters(handle, account.id(), settled.account().counters());
      }
      tables.accounts().update(handle, settled.account(), total);
    }
    FactTable.append(handle, account.id(), present, settled.accountFacts(), now);
  }
}
