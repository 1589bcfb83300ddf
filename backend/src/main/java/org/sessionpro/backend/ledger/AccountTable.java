package org.sessionpro.backend.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.Generation;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;

/// The `accounts` and `generations` tables. Methods that name a lock keep the account unchanged
/// until the transaction ends.
final class AccountTable {
  /// Of `accounts` under the name `a`.
  static final String COLUMNS =
      """
      a.id, a.expiry_at, a.grace_period, a.auto_renewing, a.carrier_id, a.proof_expiry_offset,
      a.credits_checkpoint_at, a.proofs_issued_total, a.proofs_issued_window,
      a.proofs_issued_late, a.proofs_window_start, a.fact_count
      """;

  /// Of `generations` under the name `g`.
  static final String GENERATION_COLUMNS = "g.ordinal, g.tag, g.issued_at, g.revoked_at";

  private static final String SELECT =
      "SELECT "
          + COLUMNS
          + ", "
          + GENERATION_COLUMNS
          + """
           FROM accounts a JOIN generations g ON g.account_id = a.id AND g.ordinal = a.generation
          """;

  private static final Lookup BY_KEY = new Lookup(SELECT + " WHERE a.master_key = ?");

  private static final Lookup BY_KEY_WITH_PAYMENTS =
      new Lookup(
          SELECT
              + """
               WHERE a.master_key = ?
                AND EXISTS (SELECT 1 FROM payments p WHERE p.account_id = a.id)
              """);

  private static final Lookup IS_TAKEN =
      new Lookup("SELECT EXISTS (SELECT 1 FROM generations WHERE tag = ?)");

  private static final Lookup TOUCHED =
      new Lookup(
          "SELECT "
              + COLUMNS
              + ", "
              + GENERATION_COLUMNS
              + ", "
              + PaymentTable.ANY_PENDING
              + """

              FROM accounts a JOIN generations g ON g.account_id = a.id AND g.ordinal = a.generation
              WHERE a.master_key = ?
                AND EXISTS (SELECT 1 FROM payments p WHERE p.account_id = a.id)
              """);

  private static final Lookup INSERT =
      new Lookup(
          """
          INSERT INTO accounts (generation, expiry_at, grace_period, auto_renewing, carrier_id,
            proof_expiry_offset, credits_checkpoint_at, fact_count, id, master_key)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """);

  private static final Lookup UPDATE =
      new Lookup(
          """
          UPDATE accounts SET generation = ?, expiry_at = ?, grace_period = ?, auto_renewing = ?,
            carrier_id = ?, proof_expiry_offset = ?, credits_checkpoint_at = ?, fact_count = ?
          WHERE id = ?
          """);

  private static final Lookup INSERT_GENERATION =
      new Lookup(
          "INSERT INTO generations (account_id, ordinal, tag, issued_at) VALUES (?, ?, ?, ?)");

  /// Octets of a key that an app account token begins with.
  private static final int OCTETS_OF_KEY = 6;

  private final Dialect dialect;

  AccountTable(Dialect dialect) {
    this.dialect = dialect;
  }

  Optional<Account> find(Handle handle, MasterKey key) {
    return BY_KEY.first(handle, row -> read(row).account(), key.bytes().toByteArray());
  }

  /// The account of a key that has payments: without any it answers as if there were none
  /// (`decisions.md` §2).
  Optional<Account> findWithPayments(Handle handle, MasterKey key) {
    return BY_KEY_WITH_PAYMENTS.first(
        handle, row -> read(row).account(), key.bytes().toByteArray());
  }

  /// @param pending whether payments wait for the owner
  record Touched(Account account, boolean pending) {}

  /// The account of a key that has payments, and what a touch by its owner would do.
  Optional<Touched> touched(Handle handle, MasterKey key, OwnerIds owner) {
    Object[] bindings = PaymentTable.arguments(owner);
    Object[] arguments = Arrays.copyOf(bindings, bindings.length + 1);
    arguments[bindings.length] = key.bytes().toByteArray();
    return TOUCHED.first(
        handle, row -> new Touched(read(row).account(), row.getBoolean(Place.PENDING)), arguments);
  }

  MasterKey masterKey(Handle handle, AccountId id) {
    return handle
        .createQuery("SELECT master_key FROM accounts WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> new MasterKey(Columns.bytes(row, "master_key")))
        .one();
  }

  /// The account whose purchases in the App Store carry that token. The first octets of the token are
  /// those of the key, so few keys are looked at (`entitlement.md` §3).
  Optional<AccountId> ofAppleToken(Handle handle, Binding token) {
    byte[] low =
        Arrays.copyOf(Arrays.copyOf(token.bytes().toByteArray(), OCTETS_OF_KEY), MasterKey.SIZE);
    byte[] high = low.clone();
    Arrays.fill(high, OCTETS_OF_KEY, MasterKey.SIZE, (byte) 0xFF);
    return handle
        .createQuery("SELECT id, master_key FROM accounts WHERE master_key BETWEEN :low AND :high")
        .bind("low", low)
        .bind("high", high)
        .map((row, _) ->
            Map.entry(
                new MasterKey(Columns.bytes(row, "master_key")), new AccountId(row.getLong("id"))))
        .stream()
        .filter(one -> OwnerIds.of(one.getKey()).all().contains(token))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// Locks the account of that key, if there is one.
  Optional<AccountId> lock(Handle handle, MasterKey key) {
    return handle
        .createQuery("SELECT id FROM accounts WHERE master_key = :key" + dialect.rowLock())
        .bind("key", key.bytes().toByteArray())
        .map((row, _) -> new AccountId(row.getLong("id")))
        .findOne();
  }

  /// Locks the account and reads it as it is under the lock.
  AccountRow locked(Handle handle, AccountId id) {
    handle
        .createQuery("SELECT id FROM accounts WHERE id = :id" + dialect.rowLock())
        .bind("id", id.value())
        .mapTo(Long.class)
        .one();
    return handle
        .createQuery(SELECT + " WHERE a.id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .one();
  }

  /// Accounts with live credits that are charged up to before `cutoff`, longest ago first.
  ///
  /// @param after only those behind it in this order; null from the first
  List<DueCredits> due(Handle handle, Instant cutoff, @Nullable DueCredits after, int limit) {
    return handle
        .createQuery(
            """
            SELECT id, credits_checkpoint_at FROM accounts
            WHERE credits_checkpoint_at < :cutoff
              AND (credits_checkpoint_at, id) > (:chargedUntil, :id)
            ORDER BY credits_checkpoint_at, id LIMIT :limit
            """)
        .bind("cutoff", Micros.of(cutoff))
        .bind("chargedUntil", after == null ? Long.MIN_VALUE : Micros.of(after.chargedUntil()))
        .bind("id", after == null ? 0 : after.account().value())
        .bind("limit", limit)
        .map((row, _) ->
            new DueCredits(
                new AccountId(row.getLong("id")), Columns.instant(row, "credits_checkpoint_at")))
        .list();
  }

  /// Locks the account and reads it, if its credits are charged up to before `cutoff` and no other
  /// transaction holds it.
  Optional<AccountRow> lockedIfDue(Handle handle, AccountId id, Instant cutoff) {
    return handle
        .createQuery(
            "SELECT id FROM accounts WHERE id = :id AND credits_checkpoint_at < :cutoff"
                + dialect.freeRowLock())
        .bind("id", id.value())
        .bind("cutoff", Micros.of(cutoff))
        .mapTo(Long.class)
        .findOne()
        .map(_ -> locked(handle, id));
  }

  void insert(Handle handle, MasterKey key, Account account, int factCount) {
    @Nullable Object[] state = state(account, factCount);
    @Nullable Object[] values = Arrays.copyOf(state, state.length + 1);
    values[state.length] = key.bytes().toByteArray();
    var _ = INSERT.change(handle, values);
    Generation first = account.generation();
    insertGeneration(
        handle, account.id(), new GenerationIssued(first.ordinal(), first.tag(), first.issuedAt()));
  }

  /// Writes everything about an account but its counters.
  void update(Handle handle, Account account, int factCount) {
    var _ = UPDATE.change(handle, state(account, factCount));
  }

  /// What an account's row changes in, and its id.
  private static @Nullable Object[] state(Account account, int factCount) {
    Entitlement entitlement = account.entitlement();
    PaymentId carrier = account.carrier();
    return new @Nullable Object[] {
      account.generation().ordinal(),
      Micros.of(entitlement.expiry()),
      Micros.ofNullable(entitlement.grace()),
      entitlement.renewing(),
      carrier == null ? null : carrier.value(),
      account.offset().seconds(),
      Micros.ofNullable(account.creditsCheckpoint()),
      factCount,
      account.id().value()
    };
  }

  boolean isTagTaken(Handle handle, RevocationTag tag) {
    return IS_TAKEN.one(handle, row -> row.getBoolean(1), tag.bytes().toByteArray());
  }

  void insertGeneration(Handle handle, AccountId account, GenerationIssued generation) {
    var _ =
        INSERT_GENERATION.change(
            handle,
            account.value(),
            generation.ordinal(),
            generation.tag().bytes().toByteArray(),
            Micros.of(generation.at()));
  }

  void revokeGeneration(Handle handle, AccountId account, GenerationRevoked revoked) {
    handle
        .createUpdate(
            """
            UPDATE generations SET revoked_at = :at
            WHERE account_id = :account AND ordinal = :ordinal
            """)
        .bind("account", account.value())
        .bind("ordinal", revoked.ordinal())
        .bind("at", Micros.of(revoked.at()))
        .execute();
  }

  void updateCounters(Handle handle, AccountId account, ProofCounters counters) {
    @Nullable Instant start = counters.windowStart();
    handle
        .createUpdate(
            """
            UPDATE accounts SET proofs_issued_total = :total, proofs_issued_window = :window,
              proofs_issued_late = :late, proofs_window_start = :start
            WHERE id = :id
            """)
        .bind("id", account.value())
        .bind("total", counters.total())
        .bind("window", counters.window())
        .bind("late", counters.pastExpiry())
        .bind("start", Micros.ofNullable(start))
        .execute();
  }

  /// Counts one more proof unless that exceeds the limit, as [ProofCounters#issue] says, in one
  /// statement, so that requests that come at once cannot slip past it.
  ///
  /// @return false if the limit is reached; then nothing is counted
  boolean countProof(Handle handle, Account account, Instant ts, long limit) {
    int late = ts.isAfter(account.entitlement().expiry()) ? 1 : 0;
    int counted =
        handle
            .createUpdate(
                """
                UPDATE accounts SET
                  proofs_issued_total = proofs_issued_total + 1,
                  proofs_issued_window = CASE WHEN <opens> THEN 1
                    ELSE proofs_issued_window + 1 END,
                  proofs_issued_late = CASE WHEN <opens> THEN :late
                    ELSE proofs_issued_late + :late END,
                  proofs_window_start = CASE WHEN <opens> THEN :ts
                    ELSE proofs_window_start END
                WHERE id = :id AND CASE WHEN <opens> THEN 0
                  ELSE proofs_issued_window - proofs_issued_late END + 1 - :late <= :limit
                """)
            .define("opens", "(proofs_window_start IS NULL OR proofs_window_start <= :begun)")
            .bind("id", account.id().value())
            .bind("late", late)
            .bind("ts", Micros.of(ts))
            .bind("begun", Micros.of(ts.minus(ProofCounters.WINDOW)))
            .bind("limit", limit)
            .execute();
    return counted == 1;
  }

  private static AccountRow read(ResultSet row) throws SQLException {
    return read(row, readGeneration(row, Place.COUNT + 1));
  }

  /// @param first place of the first of [#GENERATION_COLUMNS]
  static Generation readGeneration(ResultSet row, int first) throws SQLException {
    return new Generation(
        row.getInt(first),
        new RevocationTag(ByteString.of(row.getBytes(first + 1))),
        Columns.instant(row, first + 2),
        Columns.nullableInstant(row, first + 3));
  }

  /// @param row begins with [#COLUMNS]
  /// @param generation the one in use
  static AccountRow read(ResultSet row, Generation generation) throws SQLException {
    Entitlement entitlement =
        new Entitlement(
            Columns.instant(row, Place.EXPIRY),
            Columns.nullableDuration(row, Place.GRACE),
            row.getBoolean(Place.RENEWING));
    ProofCounters counters =
        new ProofCounters(
            row.getLong(Place.PROOFS_TOTAL),
            row.getLong(Place.PROOFS_WINDOW),
            row.getLong(Place.PROOFS_LATE),
            Columns.nullableInstant(row, Place.WINDOW_START));
    AccountId id = new AccountId(row.getLong(Place.ID));
    long carrier = row.getLong(Place.CARRIER);
    Account account =
        new Account(
            id,
            generation,
            entitlement,
            row.wasNull() ? null : new PaymentId(carrier),
            new ProofOffset(row.getInt(Place.OFFSET)),
            Columns.nullableInstant(row, Place.CHECKPOINT),
            counters);
    return new AccountRow(account, row.getInt(Place.FACT_COUNT));
  }

  /// Where each of [#COLUMNS] stands, from 1.
  private static final class Place {
    static final int ID = 1;
    static final int EXPIRY = 2;
    static final int GRACE = 3;
    static final int RENEWING = 4;
    static final int CARRIER = 5;
    static final int OFFSET = 6;
    static final int CHECKPOINT = 7;
    static final int PROOFS_TOTAL = 8;
    static final int PROOFS_WINDOW = 9;
    static final int PROOFS_LATE = 10;
    static final int WINDOW_START = 11;
    static final int FACT_COUNT = 12;
    static final int COUNT = FACT_COUNT;

    /// Behind the columns of the generation.
    static final int PENDING = COUNT + 5;

    private Place() {}
  }
}
