package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Emptying;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.ImportRun.State;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.TransactionId;

/// Takes over what another service kept: once, into a ledger that holds nothing, before any server runs
/// on it; from [Ledger#imports(RenewalAllowance)].
///
/// A run goes on where it was broken off, because how far it is is written in the same transaction as
/// what it takes over. Every payment keeps the number that it had in the source, and every account its
/// key, so that nothing can be taken over twice.
public final class LedgerImport {
  /// In an order in which no row is left without what it refers to.
  private static final List<String> TABLES =
      List.of(
          "facts",
          "cycle_sightings",
          "payment_aliases",
          "payments",
          "generations",
          "ownerless_generations",
          "accounts",
          "subscription_remark",
          "subscription_remarks_heard",
          "subscription",
          "inbox_awaited_owner",
          "inbox_work",
          "inbox_message",
          "import_quarantine",
          "import_run",
          "leases",
          "ledger_identity");

  private static final List<String> COUNTED =
      List.of(
          "accounts",
          "payments",
          "generations",
          "ownerless_generations",
          "facts",
          "inbox_message",
          "inbox_work",
          "import_quarantine");

  private final Database database;
  private final Tables tables;
  private final Rules rules;
  private final RenewalAllowance allowance;

  LedgerImport(Database database, Tables tables, Rules rules, RenewalAllowance allowance) {
    this.database = database;
    this.tables = tables;
    this.rules = rules;
    this.allowance = allowance;
  }

  /// The run of this ledger; empty if it takes nothing over.
  public Optional<ImportRun> run() {
    return database.read(ImportRunTable::find);
  }

  /// Makes sure that a server may start.
  ///
  /// @throws UnsealedImport if a run has begun that is not sealed
  public void requireSealed() {
    if (run().filter(run -> run.state() != State.SEALED).isPresent()) {
      throw new UnsealedImport();
    }
  }

  /// Makes sure that a run may tie the ledger so, and does not do it: what is mistyped can be mended as
  /// long as nothing rests on it.
  ///
  /// @throws ForeignLedger if it is tied to anything else
  public void requireFor(LedgerTies ties) {
    database.<Boolean>read(handle -> {
      ties.require(handle);
      return true;
    });
  }

  /// Begins a run, and ties the ledger. What jobs of a server have read before, of stores that had sold
  /// nothing to this ledger, counts for nothing: it is forgotten.
  ///
  /// @param alsoEmpty holds if the other rooms hold nothing either
  /// @throws ImportRefused if the ledger holds anything
  /// @throws ForeignLedger if it is tied to anything else
  public void begin(ImportRun run, LedgerTies ties, Premise alsoEmpty) {
    database.<Boolean>write(handle -> {
      database.dialect().alone("facts").ifPresent(handle::execute);
      if (ImportRunTable.find(handle).isPresent() || !isEmpty(handle) || !alsoEmpty.holds(handle)) {
        throw new ImportRefused("the ledger is not empty: a database is taken over into a new one");
      }
      handle.execute("DELETE FROM leases");
      ties.claim(handle);
      ImportRunTable.insert(handle, run);
      return true;
    });
  }

  private static boolean isEmpty(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM facts) OR EXISTS (SELECT 1 FROM payments)
              OR EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM generations)
              OR EXISTS (SELECT 1 FROM subscription)
              OR EXISTS (SELECT 1 FROM revocation_ticket WHERE ticket > 0) AS used
            """)
        .map((row, _) -> !row.getBoolean("used"))
        .one();
  }

  /// What accounts and payments come to. Asks nothing of the database, so that any thread may do it
  /// while another one writes.
  ///
  /// @param share that the accounts draw their ids from
  /// @param unclaimed payments that nobody owns
  /// @param takenAt when all of it is learned
  public InheritedRows rows(
      List<InheritedAccount> accounts,
      AccountShare share,
      List<InheritedPayment> unclaimed,
      Instant takenAt) {
    InheritedRows rows = new InheritedRows(rules.draws(), allowance, takenAt);
    Iterator<AccountId> ids = share.draw(rules.draws()).iterator();
    accounts.forEach(account -> rows.add(account, ids.next()));
    unclaimed.forEach(rows::add);
    return rows;
  }

  /// Takes a part over, and notes how far the run is; durable when this returns.
  ///
  /// @param from how far the run was before
  /// @throws ImportRefused if it was not: somebody else goes on with the run
  public void load(Inheritance part, String from) {
    database.<Boolean>write(handle -> {
      database.dialect().roomForManyRows().ifPresent(handle::execute);
      if (!ImportRunTable.progress(handle, from, part.progress())) {
        throw new ImportRefused("another process goes on with this import");
      }
      InheritedRows.execute(handle, part.rows());
      RevocationTable.insertOwnerless(handle, part.ownerless());
      ImportRunTable.keep(handle, part.quarantine());
      part.besides().run(handle);
      return true;
    });
  }

  /// Ends the loading.
  ///
  /// @param ticket every client then fetches the revocation list once more
  public void finish(Ticket ticket) {
    database.<Boolean>write(handle -> {
      tables.goOnNumbering(handle);
      RevocationTable.setTicket(handle, ticket);
      ImportRunTable.move(handle, State.LOADED);
      return true;
    });
  }

  /// Notes what became of the comparison with the source: back to [State#LOADED] if anything stands
  /// against it.
  public void verified(boolean equal) {
    database.<Boolean>write(handle -> {
      ImportRunTable.move(handle, equal ? State.VERIFIED : State.LOADED);
      return true;
    });
  }

  /// Lets servers start on this ledger, for good.
  ///
  /// @throws ImportRefused unless the run is verified
  public void seal() {
    database.<Boolean>write(handle -> {
      if (ImportRunTable.find(handle).map(ImportRun::state).orElse(null) != State.VERIFIED) {
        throw new ImportRefused("only an import that is verified can be sealed");
      }
      ImportRunTable.move(handle, State.SEALED);
      return true;
    });
  }

  /// Empties the ledger of an unsealed run, and unties it: all that it holds is the run's, for a run
  /// begins in an empty one and no server starts on it.
  ///
  /// @throws ImportRefused if there is no run, or it is sealed
  public void discard() {
    database.<Boolean>write(handle -> {
      if (ImportRunTable.find(handle).map(ImportRun::state).orElse(State.SEALED) == State.SEALED) {
        throw new ImportRefused("there is no unsealed import to take back");
      }
      Emptying.run(handle, database.dialect(), TABLES);
      RevocationTable.setTicket(handle, new Ticket(0));
      return true;
    });
  }

  /// How many rows each table has, of those that a takeover fills.
  public SequencedMap<String, Long> rows() {
    SequencedMap<String, Long> rows = new LinkedHashMap<>();
    COUNTED.forEach(table -> rows.put(table, count("SELECT count(*) FROM " + table)));
    return rows;
  }

  /// A payment by the number that it had in the source.
  public Optional<RegisteredPayment> payment(PaymentId id) {
    return database.read(handle -> tables.payments().byId(handle, id));
  }

  /// The App Store's transactions that stand for payments.
  public Map<PaymentId, Set<TransactionId>> names(Collection<PaymentId> payments) {
    return database.read(handle ->
        payments.stream()
            .collect(Collectors.toMap(Function.identity(), id -> PaymentNames.of(handle, id))));
  }

  /// Whether a transaction of the App Store stands for some payment.
  public boolean isTaken(TransactionId transaction) {
    return database.<Boolean>read(
        handle -> PaymentNames.isTaken(handle, PaymentProvider.APP_STORE, transaction));
  }

  /// How many payments nobody owns.
  public long unclaimed() {
    return count("SELECT count(*) FROM payments WHERE account_id IS NULL");
  }

  /// How many accounts there are.
  public long accounts() {
    return count("SELECT count(*) FROM accounts");
  }

  private long count(String sql) {
    return database.<Long>read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /// Whose payments wait for them, as stores were told.
  public Set<Binding> awaited() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT binding FROM payments WHERE binding IS NOT NULL
                  AND account_id IS NULL AND revoked_at IS NULL AND claimable = TRUE
                """)
            .map((row, _) -> new Binding(Columns.bytes(row, "binding")))
            .collect(Collectors.toSet()));
  }

  /// What an account would be like if its owner asked for anything at `at`: everything that waits for
  /// the owner is bound, and nothing of that is kept.
  ///
  /// @param limit of the newest purchases
  /// @return null if nothing waits
  public Ledger.@Nullable Details touched(Ledger ledger, MasterKey key, int limit, Instant at) {
    OwnerIds ids = OwnerIds.of(key);
    if (!database.<Boolean>read(handle -> tables.payments().anyPending(handle, ids))) {
      return null;
    }
    try {
      return database.write(handle -> {
        new Recording(handle, tables, rules, rules.log().news().begin(at), at).claim(key, ids, at);
        Account account = tables.accounts().findWithPayments(handle, key).orElseThrow();
        throw new TakenBack(ledger.details(handle, account, limit, at));
      });
    } catch (TakenBack rehearsed) {
      return rehearsed.details;
    }
  }

  /// Ends a transaction of which nothing shall stay.
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Ledger.Details details;

    TakenBack(Ledger.Details details) {
      super(null, null, false, false);
      this.details = details;
    }
  }
}
