package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.protocol.MasterKey;

/// The ordinary answers about accounts, of however many, as the ledger stood at one moment; from
/// [Ledger#together].
public final class Answers {
  private final Ledger ledger;
  private final AccountTable accounts;
  private final Handle handle;
  private @Nullable MasterKey asked;
  private Optional<Account> found = Optional.empty();

  Answers(Ledger ledger, AccountTable accounts, Handle handle) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.handle = handle;
  }

  /// As [Ledger#details(MasterKey, int, Instant)].
  public Optional<Ledger.Details> details(MasterKey key, int limit, Instant at) {
    Optional<Account> account = accounts.findWithPayments(handle, key);
    if (account.isPresent()) {
      asked = key;
      found = account;
    }
    return account.map(stored -> ledger.details(handle, stored, limit, at));
  }

  /// As [Ledger#status(MasterKey, Instant)].
  public Optional<Ledger.Status> status(MasterKey key, Instant at) {
    return account(key).flatMap(stored -> ledger.status(handle, stored, at));
  }

  /// As [Ledger#page].
  public Optional<Ledger.History> page(
      MasterKey key, @Nullable PaymentId before, int limit, Instant at) {
    return account(key).map(stored -> ledger.page(handle, stored, before, limit, at));
  }

  /// Looked up once for all that is asked about it, because the moment is the same.
  private Optional<Account> account(MasterKey key) {
    if (!key.equals(asked)) {
      found = accounts.find(handle, key);
      asked = key;
    }
    return found;
  }
}
