package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.protocol.MasterKey;

/// A request by the owner of a key: it binds every payment that waits for the key
/// (`entitlement.md` §4.1), and is told how the account stands then.
///
/// Whether anything waits is seen with the account itself, in one look, for it hardly ever does.
public final class Visit {
  private final Database database;
  private final Tables tables;
  private final Ledger ledger;
  private final MasterKey key;
  private final OwnerIds ids;
  private final Instant at;
  private final Instant now;

  Visit(Database database, Tables tables, Ledger ledger, MasterKey key, Instant at, Instant now) {
    this.database = database;
    this.tables = tables;
    this.ledger = ledger;
    this.key = key;
    this.ids = OwnerIds.of(key);
    this.at = at;
    this.now = now;
  }

  /// Binds what waits, and asks for nothing else. Asks first and writes only if there is something to
  /// bind.
  ///
  /// @return whether anything was bound
  public boolean bind() {
    return database.<Boolean>read(handle -> tables.payments().anyPending(handle, ids))
        && ledger.claim(key, ids, at, now);
  }

  /// As [Ledger#account(MasterKey, Instant)].
  public Optional<Account> account() {
    Met<Account> met = database.read(handle -> meet(handle, (_, account) -> Optional.of(account)));
    if (met.pending()) {
      ledger.claim(key, ids, at, now);
      return ledger.account(key, at);
    }
    return met.answer().flatMap(stored -> ledger.asOf(stored, key, at));
  }

  /// As [Ledger#status(MasterKey, Instant)].
  public Optional<Ledger.Status> status() {
    return answer((handle, account) -> ledger.status(handle, account, at));
  }

  /// As [Ledger#page].
  public Optional<Ledger.History> page(@Nullable PaymentId before, int limit) {
    return answer(
        (handle, account) -> Optional.of(ledger.page(handle, account, before, limit, at)));
  }

  /// As [Ledger#details(MasterKey, int, Instant)].
  public Optional<Ledger.Details> details(int limit) {
    return answer((handle, account) -> Optional.of(ledger.details(handle, account, limit, at)));
  }

  private <T> Optional<T> answer(BiFunction<Handle, Account, Optional<T>> tell) {
    Met<T> met = database.snapshot(handle -> meet(handle, tell));
    if (!met.pending()) {
      return met.answer();
    }
    ledger.claim(key, ids, at, now);
    return database.snapshot(handle ->
        tables
            .accounts()
            .findWithPayments(handle, key)
            .flatMap(account -> tell.apply(handle, account)));
  }

  /// @param pending whether something is to be bound before there is an answer
  private record Met<T>(boolean pending, Optional<T> answer) {}

  private <T> Met<T> meet(Handle handle, BiFunction<Handle, Account, Optional<T>> tell) {
    Optional<AccountTable.Touched> touched = tables.accounts().touched(handle, key, ids);
    boolean pending =
        touched
            .map(AccountTable.Touched::pending)
            .orElseGet(() -> tables.payments().anyPending(handle, ids));
    return new Met<>(
        pending,
        pending ? Optional.empty() : touched.flatMap(it -> tell.apply(handle, it.account())));
  }
}
