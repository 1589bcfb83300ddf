package org.sessionpro.backend.ledger;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Line;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

/// Everything the service knows, and the only way to add to it.
///
/// Facts go in through [#record(List, Instant)], [#visit], [#claim(PaymentClaim, Instant)],
/// [#requestRefund], [#revoke], [#drainCredits], [#subscriptions()] and [#operator()]; each is one transaction that
/// is durable when the method returns. Reads never create anything. All instants are taken to the microsecond.
public final class Ledger implements AutoCloseable {
  /// For what comes before anything is in the ledger, and for what is taken over.
  private final Database bare;

  private final Database database;
  private final Tables tables;
  private final Rules rules;

  /// A ledger in `database`, which it closes when it is closed.
  public Ledger(Database database, Rules rules) {
    this.bare = database;
    this.database = new SealGuard(database);
    this.tables = Tables.of(database.dialect());
    this.rules = rules;
  }

  /// Opens the ledger in the database that the operator named, creating or updating its tables.
  ///
  /// @throws org.sessionpro.backend.db.DatabaseFault if that is impossible
  public static Ledger open(DatabaseUrl url, RenewalAllowance allowance, SecureRandom random) {
    return new Ledger(Databases.open(url), Rules.of(allowance, Draws.from(random)));
  }

  /// The key that signs this ledger's proofs; empty if no server ever ran on it, so that no proof
  /// can be in circulation.
  public Optional<BackendKey> owner() {
    return database.read(LedgerIdentity::owner);
  }

  /// Ties this ledger to the key that signs its proofs (`decisions.md` §6).
  ///
  /// @throws ForeignLedger if it belongs to another key
  public void belongTo(BackendKey key) {
    bare.write(handle -> {
      LedgerIdentity.claim(handle, key);
      return key;
    });
  }

  /// Ties this ledger to the apps whose purchases it holds.
  public StoreIdentity stores() {
    return new StoreIdentity(bare);
  }

  /// Records facts about payments, binds those that name an owner, and brings the accounts
  /// concerned into agreement.
  ///
  /// @param now our clock
  public void record(List<Statement> statements, Instant now) {
    inTransaction(
        now,
        recording -> {
          recording.record(statements);
          return true;
        });
  }

  /// Binds every payment that waits for this key.
  ///
  /// @return whether anything was bound
  boolean claim(MasterKey key, OwnerIds ids, Instant at, Instant now) {
    return inTransaction(key, now, recording -> recording.claim(key, ids, Micros.floor(at)));
  }

  /// A request by the owner of a key.
  ///
  /// @param at the request's time: of what is redeemed, and that the answers describe
  /// @param now our clock
  public Visit visit(MasterKey key, Instant at, Instant now) {
    return new Visit(database, tables, this, key, at, now);
  }

  /// Revokes the account's current generation for ever and lists its tag; with anything usable the
  /// account goes on under a new one (`entitlement.md` §7.4).
  ///
  /// @param reason why, for the record
  /// @return false if there is no such account or its generation is revoked already
  public boolean revoke(MasterKey key, String reason, Instant now) {
    return revoke(key, reason, now, now).isPresent();
  }

  /// As [#revoke(MasterKey, String, Instant)], with a record stamp that is not the present: for
  /// development only, where nobody wants to wait until the revocation takes effect (`wire-v1.md`
  /// §13).
  ///
  /// @return empty if there is no such account or its generation is revoked already
  public Optional<Roll> revoke(MasterKey key, String reason, Instant stamp, Instant now) {
    return inTransaction(key, now, recording -> recording.revoke(key, reason, Micros.floor(stamp)));
  }

  /// Binds the payment of a name, and everything else that waits for the claimant; redemption is
  /// now. Asks first and writes only if there is something to bind.
  ///
  /// @param now our clock
  public PaymentClaim.Outcome claim(PaymentClaim claim, Instant now) {
    OwnerIds ids = OwnerIds.of(claim.claimant());
    return database
        .snapshot(handle -> withoutBinding(handle, claim, ids))
        .orElseGet(
            () -> inTransaction(claim.claimant(), now, recording -> recording.claim(claim, ids)));
  }

  /// What a claim comes to if it binds nothing; empty if it may bind something.
  private Optional<PaymentClaim.Outcome> withoutBinding(
      Handle handle, PaymentClaim claim, OwnerIds ids) {
    Optional<PaymentRow> named = tables.names().find(handle, claim.name());
    if (named.isEmpty() && claim.ifUnknown() != null) {
      return Optional.empty();
    }
    AccountId account =
        tables.accounts().find(handle, claim.claimant()).map(Account::id).orElse(null);
    PaymentClaim.Outcome outcome =
        named
            .map(row -> claim.judge(row.payment(), account, ids))
            .orElseGet(PaymentClaim.Outcome.NotClaimable::new);
    return switch (outcome) {
      case PaymentClaim.Outcome.Bound _ -> Optional.empty();
      case PaymentClaim.Outcome.AcknowledgementOwed _ -> Optional.of(outcome);
      case PaymentClaim.Outcome.AlreadyOwned _, PaymentClaim.Outcome.NotClaimable _ ->
          tables.payments().anyPending(handle, ids) ? Optional.empty() : Optional.of(outcome);
    };
  }

  /// Notes when the owner of a payment asked the store for a refund, or that the request was
  /// withdrawn (`wire-v0.md` §5.5). Asks first and writes only if that says anything new.
  ///
  /// @param requestedAt null for a request that is withdrawn; taken to [Micros#LATEST] at most
  /// @param at when the owner said so, by the owner's clock
  /// @param now our clock
  /// @return whether the asker owns a payment of that name, also if nothing changed
  public boolean requestRefund(
      MasterKey asker, PaymentName name, @Nullable Instant requestedAt, Instant at, Instant now) {
    RefundWord word = RefundWord.of(asker, name, requestedAt, at);
    return switch (database.<RefundWord.Effect>read(handle -> word.effect(handle, tables))) {
      case FOREIGN -> false;
      case NOTHING -> true;
      case CHANGE -> inTransaction(asker, now, recording -> recording.requestRefund(word));
    };
  }

  private <T> T inTransaction(Instant now, Function<Recording, T> work) {
    Instant instant = Micros.floor(now);
    PaymentNews news = rules.log().news();
    T result = database.write(handle -> work.apply(recording(handle, news, instant)));
    news.tell();
    return result;
  }

  /// As above, in the line of an account that it locks.
  private <T> T inTransaction(MasterKey account, Instant now, Function<Recording, T> work) {
    Instant instant = Micros.floor(now);
    PaymentNews news = rules.log().news();
    T result =
        database.write(new Line(account), handle -> work.apply(recording(handle, news, instant)));
    news.tell();
    return result;
  }

  private Recording recording(Handle handle, PaymentNews news, Instant now) {
    return new Recording(handle, tables, rules, news.begin(now), now);
  }

  /// The account of a key as it was stored last; empty if no payment is bound to it.
  public Optional<Account> account(MasterKey key) {
    return database.read(handle -> tables.accounts().findWithPayments(handle, key));
  }

  /// The account of a key as it stands at `at`. One indexed read; two more if it has a live credit.
  public Optional<Account> account(MasterKey key, Instant at) {
    return account(key).flatMap(stored -> asOf(stored, key, at));
  }

  Optional<Account> asOf(Account stored, MasterKey key, Instant at) {
    return stored.creditsCheckpoint() == null
        ? Optional.of(stored)
        : database.snapshot(handle ->
            tables
                .accounts()
                .find(handle, key)
                .map(account -> standing(handle, account, at).account()));
  }

  /// Counts one more proof for the account unless that exceeds the limit (`entitlement.md` §9.4).
  ///
  /// @param owner the account's key
  /// @param account as it stands at `ts`
  /// @param ts the request's time
  /// @param limit proofs a window, at least 1
  /// @return false if the limit is reached; then nothing is counted
  public boolean countProof(MasterKey owner, Account account, Instant ts, long limit) {
    return database.<Boolean>write(
        new Line(owner),
        handle -> tables.accounts().countProof(handle, account, Micros.floor(ts), limit));
  }

  /// An account together with the payment that both protocols show as its latest.
  ///
  /// @param latest the newest purchase that stands, else the newest revoked one
  public record Status(Account account, RegisteredPayment latest) {}

  /// The account of a key with its latest payment, as they stand together at `at`.
  public Optional<Status> status(MasterKey key, Instant at) {
    return together(it -> it.status(key, at));
  }

  Optional<Status> status(Handle handle, Account stored, Instant at) {
    Standing standing = standing(handle, stored, at);
    return tables
        .payments()
        .latest(handle, stored.id())
        .map(latest -> new Status(standing.account(), standing.of(latest)));
  }

  private Standing standing(Handle handle, Account stored, Instant at) {
    if (stored.creditsCheckpoint() == null) {
      return Standing.unmoved(stored);
    }
    List<RegisteredPayment> all =
        tables.payments().ofAccount(handle, stored.id()).stream()
            .map(PaymentRow::registered)
            .toList();
    return Standing.at(at, stored, all, rules.settlement());
  }

  /// A page of an account's payment history.
  ///
  /// @param total all payments of the account, whatever the page shows
  public record History(List<RegisteredPayment> payments, long total) {
    public History {
      payments = List.copyOf(payments);
    }
  }

  /// A page of the history, newest registration first (`wire-v1.md` §10).
  ///
  /// @param before only payments registered before this one; null for the first page
  /// @param limit at least 1
  /// @param at the instant that the answer describes
  public Optional<History> page(MasterKey key, @Nullable PaymentId before, int limit, Instant at) {
    return together(it -> it.page(key, before, limit, at));
  }

  History page(Handle handle, Account stored, @Nullable PaymentId before, int limit, Instant at) {
    List<RegisteredPayment> page = tables.payments().page(handle, stored.id(), before, limit);
    boolean whole = before == null && page.size() < limit;
    return new History(
        standing(handle, stored, at).of(page),
        whole ? page.size() : tables.payments().count(handle, stored.id()));
  }

  /// An account with what it bought, as they stood together.
  ///
  /// @param carrier the payment whose term carries the coverage; null if credits or nothing do
  /// @param newest the newest purchases, newest first
  /// @param liveCredits those with a length to consume, in the order in which they are charged
  /// @param total all payments of the account
  public record Details(
      Account account,
      @Nullable RegisteredPayment carrier,
      List<RegisteredPayment> newest,
      List<RegisteredPayment> liveCredits,
      long total) {
    public Details {
      newest = List.copyOf(newest);
      liveCredits = List.copyOf(liveCredits);
    }
  }

  /// An account with its newest purchases (`wire-v0.md` §5.4).
  ///
  /// @param limit of `newest`, at least 0
  /// @param at the instant that the answer describes
  public Optional<Details> details(MasterKey key, int limit, Instant at) {
    return together(it -> it.details(key, limit, at));
  }

  Details details(Handle handle, Account stored, int limit, Instant at) {
    return new DetailsReading(handle, tables.payments(), standing(handle, stored, at))
        .of(stored, limit);
  }

  /// Answers of several accounts that stand together. Nothing else may be asked meanwhile.
  public <T> T together(Function<Answers, T> asking) {
    return database.snapshot(handle -> asking.apply(new Answers(this, tables.accounts(), handle)));
  }

  /// What stores say of subscriptions, and how the ledger follows it.
  public Subscriptions subscriptions() {
    return new Subscriptions(database, tables, rules);
  }

  /// What those who run the service do by hand.
  public OperatorActs operator() {
    return new OperatorActs(database, tables, rules);
  }

  /// Look-ups for those who run the service.
  public AccountInspection inspection() {
    return new AccountInspection(database, tables);
  }

  /// The check of everything that is stored.
  ///
  /// @param allowance what the service computes its accounts with
  public LedgerAudit audit(RenewalAllowance allowance) {
    return new LedgerAudit(database, allowance);
  }

  /// What is taken over from the service before this one.
  public LedgerImport imports(RenewalAllowance allowance) {
    return new LedgerImport(bare, tables, rules, allowance);
  }

  /// The present ticket; moves only when something is revoked.
  public Ticket ticket() {
    return database.read(RevocationTable::ticket);
  }

  /// The ticket and everything revoked less than `retention` ago, as they stood together
  /// (`wire-v1.md` §11).
  public RevocationState revocations(Instant now, Duration retention) {
    Instant cutoff = Micros.floor(now).minus(retention);
    return database.snapshot(handle ->
        new RevocationState(
            RevocationTable.ticket(handle), RevocationTable.revokedAfter(handle, cutoff)));
  }

  /// Deletes generations that were revoked `retention` ago or earlier and that no account points at
  /// (`entitlement.md` §13), oldest first. Their facts stay, and so does the ticket. Asks first and
  /// writes only if there are any.
  ///
  /// @param limit how many at most, so that the transaction stays short
  /// @return how many were deleted; as many as `limit` if there may be more
  public int pruneRevocations(Instant now, Duration retention, int limit) {
    Instant cutoff = Micros.floor(now).minus(retention);
    List<RevocationTag> old = database.read(handle -> RevocationTable.old(handle, cutoff, limit));
    return old.isEmpty() ? 0 : database.write(handle -> RevocationTable.delete(handle, old));
  }

  /// Accounts with live credits that were last charged more than `window` ago, longest ago first.
  ///
  /// @param after the last one of the batch before; null for the first batch
  /// @param limit size of a batch, at least 1
  public List<DueCredits> dueCredits(
      Instant now, Duration window, @Nullable DueCredits after, int limit) {
    Instant cutoff = Micros.floor(now).minus(window);
    return database.read(handle -> tables.accounts().due(handle, cutoff, after, limit));
  }

  /// Charges the credits of an account up to now, if they were last charged more than `window` ago
  /// (`entitlement.md` §10). Bookkeeping that no answer tells of: nothing is issued, drawn or
  /// revoked. Never waits for another transaction on the account.
  ///
  /// @return empty if there was nothing to do, or somebody else is changing the account
  public Optional<DrainedCredits> drainCredits(AccountId id, Instant now, Duration window) {
    Instant cutoff = Micros.floor(now).minus(window);
    return inTransaction(now, recording -> recording.drain(id, cutoff));
  }

  /// Finishes what runs and closes the database.
  @Override
  public void close() {
    database.close();
  }
}
