package org.sessionpro.backend.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Defect;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.Ticket;

/// A ledger as it stood at one moment, for an operator who looks at it from outside; changes
/// nothing, not even the version of its tables.
public final class LedgerView implements AutoCloseable {
  private final DatabaseView database;

  private LedgerView(DatabaseView database) {
    this.database = database;
  }

  /// Begins to look at the ledger in a database.
  ///
  /// @throws org.sessionpro.backend.db.DatabaseFault if there is none, or it cannot be opened
  public static LedgerView open(DatabaseUrl url) {
    return new LedgerView(Databases.view(url));
  }

  /// How much there is of everything.
  ///
  /// @param accounts of anybody who ever had a payment bound
  /// @param revocations generations ever revoked, listed or not
  /// @param payments bound or not
  /// @param unredeemed payments that stand and that nobody owns
  /// @param generations of all accounts, revoked or not
  /// @param owner the key that signs this ledger's proofs; empty if no server ever ran on it
  public record Summary(
      long accounts,
      long revocations,
      long payments,
      long unredeemed,
      long generations,
      Ticket ticket,
      Optional<BackendKey> owner) {}

  /// What is owed to stores.
  ///
  /// @param parked items that wait for somebody
  /// @param google items that the server works on
  /// @param apple the same
  public record StoreWork(long parked, long google, long apple) {}

  /// The version of the tables.
  public SchemaState schema() {
    return database.schema();
  }

  /// How much the database takes up, in bytes.
  public long size() {
    return database.size();
  }

  /// The key that signs this ledger's proofs; empty if there are no tables yet, or no server ever ran on
  /// it.
  public Optional<BackendKey> owner() {
    return schema().standing() == SchemaState.Standing.ABSENT
        ? Optional.empty()
        : database.read(LedgerIdentity::owner);
  }

  /// Refuses to be the ledger of another key.
  ///
  /// @throws ForeignLedger if it is that
  public void requireOwner(BackendKey key) {
    var _ =
        database.read(handle -> {
          LedgerIdentity.require(handle, key);
          return key;
        });
  }

  /// The counts; empty if there are no tables yet. Tables of earlier releases are counted as far as there
  /// are any.
  public Optional<Summary> summary() {
    return schema().standing() == SchemaState.Standing.ABSENT
        ? Optional.empty()
        : Optional.of(summary(count("ownerless_generations", "TRUE")));
  }

  /// @param ownerless revoked generations whose accounts are not known
  private Summary summary(long ownerless) {
    return database.read(handle -> {
      Ticket ticket = RevocationTable.ticket(handle);
      Optional<BackendKey> owner = LedgerIdentity.owner(handle);
      return handle
          .createQuery(
              """
              SELECT
                (SELECT count(*) FROM accounts) AS accounts,
                (SELECT count(*) FROM generations WHERE revoked_at IS NOT NULL) AS revocations,
                (SELECT count(*) FROM payments) AS payments,
                (SELECT count(*) FROM payments WHERE account_id IS NULL AND revoked_at IS NULL)
                  AS unredeemed,
                (SELECT count(*) FROM generations) AS generations
              """)
          .map((row, _) ->
              new Summary(
                  row.getLong("accounts"),
                  row.getLong("revocations") + ownerless,
                  row.getLong("payments"),
                  row.getLong("unredeemed"),
                  row.getLong("generations"),
                  ticket,
                  owner))
          .one();
    });
  }

  /// What is owed to stores; nothing if there are no tables for that yet.
  public StoreWork storeWork() {
    return new StoreWork(
        count("inbox_work", "parked_at IS NOT NULL"),
        count("inbox_work", "parked_at IS NULL AND provider = 'google'"),
        count("inbox_work", "parked_at IS NULL AND provider = 'apple'"));
  }

  /// How many rows of a table are so; zero if an earlier release had no such table.
  private long count(String table, String condition) {
    return database.hasTable(table)
        ? database.<Long>read(handle ->
            handle
                .createQuery("SELECT count(*) FROM " + table + " WHERE " + condition)
                .mapTo(Long.class)
                .one())
        : 0;
  }

  /// Counts what happened in each of the periods. Reads the payments that touch them, and all facts once.
  ///
  /// @param allowance what the service computes its accounts with
  /// @throws org.sessionpro.backend.db.DatabaseFault if the tables are not of this program's version
  public Census census(Periods periods, RenewalAllowance allowance, Census.Observer observer) {
    SchemaState schema = schema();
    if (schema.standing() != SchemaState.Standing.CURRENT) {
      throw new DatabaseFault(schema.text());
    }
    return database.read(handle -> new CensusTaker(handle, periods, allowance, observer).take());
  }

  /// Everything that is not as it must be: what the engine finds ([DatabaseView#damage()]), then the
  /// rules of the ledger ([LedgerRules]), which are asked only of tables that this program knows.
  ///
  /// @param begins told in words of each part that begins
  /// @return empty if nothing is wrong
  public List<Defect> check(Consumer<String> begins) {
    begins.accept("what the engine finds");
    List<Defect> findings = new ArrayList<>(database.damage());
    if (schema().standing() == SchemaState.Standing.CURRENT) {
      begins.accept("the rules of every row");
      findings.addAll(database.read(LedgerRules::broken));
    }
    return findings;
  }

  @Override
  public void close() {
    database.close();
  }
}
