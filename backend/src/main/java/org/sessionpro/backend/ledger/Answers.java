package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.protocol.MasterKey;

/// The ordinary answers about accounts, of however many, as the ledger stood at one moment; from
/// [Ledger#together].
public final class Answers {
  private final Ledger ledger;
  private final AccountTable accounts;
  private final Handle handle;

  Answers(Ledger ledger, AccountTable accounts, Handle handle) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.handle = handle;
  }

  /// As [Ledger#status(MasterKey, Instant)].
  public Optional<Ledger.Status> status(MasterKey key, Instant at) {
    return accounts.find(handle, key).flatMap(account -> ledger.status(handle, account, at));
  }

  /// As [Ledger#page].
  public Optional<Ledger.History> page(
      MasterKey key, @Nullable PaymentId before, int limit, Instant at) {
    return accounts
        .find(handle, key)
        .map(account -> ledger.page(handle, account, before, limit, at));
  }

  /// As [Ledger#details(MasterKey, int, Instant)].
  public Optional<Ledger.Details> details(MasterKey key, int limit, Instant at) {
    return accounts
        .findWithPayments(handle, key)
        .map(account -> ledger.details(handle, account, limit, at));
  }
}
