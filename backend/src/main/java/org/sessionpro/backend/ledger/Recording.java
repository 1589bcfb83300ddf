package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LostRace;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OperatorNote;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.PaymentClaim.Outcome;
import org.sessionpro.protocol.MasterKey;

/// One transaction of the ledger: facts go in, the payments they touch are reduced, cycles that
/// continue a subscription find their owner, and the accounts concerned are settled.
///
/// Accounts are locked before payments, and each in the order of their ids or keys, so that two
/// transactions seldom wait for each other in both directions; where they do, one is ended and run
/// again. So is whoever finds that a payment got its owner in between, by [LostRace].
final class Recording {
  private final Handle handle;
  private final PaymentTable payments;
  private final PaymentNames names;
  private final AccountTable accountTable;
  private final Rules rules;
  private final Instant now;
  private final TransactionAccounts accounts;
  private final PaymentWriter writer;
  private final Bindings bindings;

  /// @param news begun anew; told by the caller once the transaction is durable
  Recording(Handle handle, Tables tables, Rules rules, PaymentNews news, Instant now) {
    this.handle = handle;
    this.payments = tables.payments();
    this.names = tables.names();
    this.accountTable = tables.accounts();
    this.rules = rules;
    this.now = now;
    this.accounts = new TransactionAccounts(handle, tables, rules, now);
    this.writer = new PaymentWriter(handle, payments, rules.owners(), news, now);
    this.bindings = new Bindings(handle, payments, writer, rules.continuation(), accounts, now);
  }

  /// Records facts about payments, binds those that name an owner or continue a subscription, and
  /// settles.
  void record(List<Statement> statements) {
    record(statements, null);
  }

  /// As above, at an operator's word.
  ///
  /// @param reason noted with the accounts that the statements name as owners; null for nothing
  void record(List<Statement> statements, @Nullable String reason) {
    List<Statement> ordered =
        statements.stream().sorted(Comparator.comparing(Statement::key, Bindings.BY_KEY)).toList();
    lockOwners(ordered);
    if (reason != null) {
      ordered.stream()
          .flatMap(statement -> Stream.ofNullable(statement.claim()))
          .map(claim -> accounts.of(claim.owner()))
          .distinct()
          .forEach(owner -> accounts.note(owner, new OperatorNote(reason, now)));
    }
    for (PaymentKey subscription :
        Bindings.subscriptions(ordered.stream().map(Statement::key).toList())) {
      for (PaymentRow row : payments.subscriptionLocked(handle, subscription.subscriptionKey())) {
        requireOwnerHeld(row);
      }
    }
    ordered.forEach(this::apply);
    bindings.continueAll(ordered.stream().map(Statement::key).toList());
    accounts.settle(writer, bindings);
  }

  /// Binds everything that waits for this owner (`entitlement.md` §4.1).
  ///
  /// @return whether anything was bound
  boolean claim(MasterKey key, OwnerIds ids, Instant at) {
    AccountId owner = accounts.lockOrCreate(key);
    boolean bound = bindings.claimAll(owner, ids, at);
    accounts.settle(writer, bindings);
    return bound;
  }

  /// Binds the payment of that name and everything else that waits for the claimant
  /// (`decisions.md` §2). The row locks make it one conditional update: whoever comes second reads
  /// the payment as the first one left it.
  Outcome claim(PaymentClaim claim, OwnerIds ids) {
    AccountId claimant = accounts.lockOrCreate(claim.claimant());
    Optional<PaymentRow> named = names.findLocked(handle, claim.name());
    named.ifPresent(row -> requireNoAccountSince(row, claim.claimant()));
    Outcome outcome =
        named
            .map(row -> claim.judge(row.payment(), claimant, ids))
            .orElseGet(() -> registered(claim));
    switch (outcome) {
      case Outcome.AcknowledgementOwed _ -> {
        return outcome;
      }
      case Outcome.Bound _ -> named.ifPresent(row -> bindings.claim(row, claimant));
      case Outcome.AlreadyOwned _, Outcome.NotClaimable _ -> {}
    }
    bindings.claimAll(claimant, ids, now);
    accounts.settle(writer, bindings);
    return outcome;
  }

  /// The first account of a key can come into being between the look for it and the lock of the
  /// payment: then the payment is the claimant's, under an account that this transaction missed.
  private void requireNoAccountSince(PaymentRow row, MasterKey claimant) {
    Payment.Owner owner = row.payment().owner();
    if (owner != null
        && !accounts.holds(owner.account())
        && accountTable.masterKey(handle, owner.account()).equals(claimant)) {
      throw new LostRace();
    }
  }

  private Outcome registered(PaymentClaim claim) {
    Statement unknown = claim.ifUnknown();
    if (unknown == null) {
      return new Outcome.NotClaimable();
    }
    // Never as facts about a payment that somebody else has registered since: the table refuses
    // that.
    writer.register(unknown.key(), unknown.claimed(null, accounts.of(claim.claimant())));
    return new Outcome.Bound();
  }

  /// Notes what the owner of a payment says of a refund.
  ///
  /// @return false if the payment is not the asker's
  boolean requestRefund(RefundWord word) {
    Optional<AccountId> asker = accountTable.lock(handle, word.asker());
    Optional<PaymentRow> own =
        names
            .findLocked(handle, word.payment())
            .filter(row -> asker.filter(row::isOwnedBy).isPresent());
    own.ifPresent(row -> writer.store(row, List.of(word.fact())));
    return own.isPresent();
  }

  /// Revokes the account's current generation and settles, so that it goes on under a new tag if
  /// anything usable is left (`entitlement.md` §7.4).
  ///
  /// @param stamp the record stamp of the revocation
  /// @return empty if there is no such account or its generation is revoked already
  Optional<Roll> revoke(MasterKey key, String reason, Instant stamp) {
    Optional<AccountId> id = accountTable.find(handle, key).map(Account::id);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Account account = accounts.lock(id.get(), key);
    int ordinal = account.generation().ordinal();
    if (account.generation().isRevoked()) {
      return Optional.empty();
    }
    accounts.note(id.get(), new OperatorNote(reason, now));
    accounts.note(id.get(), new GenerationRevoked(ordinal, stamp));
    accounts.settle(writer, bindings);
    boolean continued = !accountTable.locked(handle, id.get()).account().generation().isRevoked();
    return Optional.of(new Roll(ordinal, continued));
  }

  /// Charges the credits of an account that are charged up to before `cutoff`, and stores how it
  /// then stands. Nothing else follows: time alone changes no entitlement.
  ///
  /// @return empty if they are charged, or another transaction holds the account
  Optional<DrainedCredits> drain(AccountId id, Instant cutoff) {
    return accountTable.lockedIfDue(handle, id, cutoff).map(this::drain);
  }

  private DrainedCredits drain(AccountRow stored) {
    AccountId id = stored.account().id();
    List<PaymentRow> rows = payments.ofAccount(handle, id);
    Standing standing =
        Standing.at(
            now,
            stored.account(),
            rows.stream().map(PaymentRow::registered).toList(),
            rules.settlement());
    int spent = 0;
    for (PaymentRow row : rows) {
      CreditCharged charge = standing.charges().get(row.id());
      if (charge != null) {
        writer.store(row, List.of(charge));
        spent += row.payment().isLiveCredit() && charge.spentAt() != null ? 1 : 0;
      }
    }
    accountTable.update(handle, standing.account(), stored.factCount());
    return new DrainedCredits(accountTable.masterKey(handle, id), spent);
  }

  private void lockOwners(List<Statement> statements) {
    TreeSet<Long> owners = new TreeSet<>();
    Map<Long, MasterKey> claimants = new TreeMap<>();
    List<MasterKey> newcomers = new ArrayList<>();
    for (Statement statement : statements) {
      payments
          .owners(handle, statement.key().subscriptionKey())
          .forEach(owner -> owners.add(owner.value()));
      Statement.Claim claim = statement.claim();
      if (claim != null) {
        accountTable
            .find(handle, claim.owner())
            .ifPresentOrElse(
                account -> claimants.put(account.id().value(), claim.owner()),
                () -> newcomers.add(claim.owner()));
      }
    }
    new Buyers(handle, payments, accountTable)
        .of(statements)
        .forEach(owner -> owners.add(owner.value()));
    owners.addAll(claimants.keySet());
    List<AccountId> shrinking = ownersOfWhatShrinks(statements);
    if (!shrinking.isEmpty()) {
      owners.forEach(id -> accountTable.locked(handle, new AccountId(id)));
      shrinking.forEach(this::chargeCredits);
    }
    owners.forEach(id -> accounts.lock(new AccountId(id), claimants.get(id)));
    newcomers.stream().distinct().forEach(accounts::create);
  }

  private List<AccountId> ownersOfWhatShrinks(List<Statement> statements) {
    return statements.stream()
        .filter(it -> it.facts().stream().anyMatch(CreditReduced.class::isInstance))
        .flatMap(it -> payments.owners(handle, it.key().subscriptionKey()).stream())
        .distinct()
        .toList();
  }

  /// What was consumed of a credit so far is charged to it before it shrinks, for else it would fall on
  /// the next one.
  private void chargeCredits(AccountId id) {
    AccountRow stored = accountTable.locked(handle, id);
    Instant checkpoint = stored.account().creditsCheckpoint();
    if (checkpoint != null && checkpoint.isBefore(now)) {
      drain(stored);
    }
  }

  private void requireOwnerHeld(PaymentRow row) {
    Payment.Owner owner = row.payment().owner();
    if (owner != null && !accounts.holds(owner.account())) {
      throw new LostRace();
    }
  }

  private void apply(Statement statement) {
    Optional<PaymentRow> known = payments.find(handle, statement.key());
    Payment payment = known.map(PaymentRow::payment).orElse(null);
    Statement.Claim claim = statement.claim();
    List<PaymentFact> facts =
        claim == null ? statement.facts() : statement.claimed(payment, accounts.of(claim.owner()));
    known.ifPresentOrElse(
        row -> writer.store(row, facts), () -> writer.register(statement.key(), facts));
  }

  /// Gives what is bound or waits of a subscription to another key (`operator-v1.md` §2.2).
  ///
  /// @return false if there is no such payment
  boolean reattribute(PaymentKey subscription, MasterKey to, String reason) {
    TreeSet<Long> owners = new TreeSet<>();
    payments
        .owners(handle, subscription.subscriptionKey())
        .forEach(owner -> owners.add(owner.value()));
    Optional<AccountId> existing = accountTable.find(handle, to).map(Account::id);
    existing.ifPresent(id -> owners.add(id.value()));
    for (long owner : owners) {
      AccountId id = new AccountId(owner);
      accounts.lock(id, existing.filter(id::equals).isPresent() ? to : null);
    }
    AccountId owner = existing.orElseGet(() -> accounts.create(to));
    owners.add(owner.value());
    List<PaymentRow> rows = payments.subscriptionLocked(handle, subscription.subscriptionKey());
    if (rows.isEmpty()) {
      return false;
    }
    owners.forEach(id -> accounts.note(new AccountId(id), new OperatorNote(reason, now)));
    for (PaymentRow row : rows) {
      requireOwnerHeld(row);
      writer.store(
          row,
          row.payment().isUnclaimed()
              ? List.of(new Claimed(owner, now, ClaimedBy.OPERATOR))
              : List.of(new PaymentFact.Reattributed(owner, now, reason)));
    }
    accounts.settle(writer, bindings);
    return true;
  }
}
