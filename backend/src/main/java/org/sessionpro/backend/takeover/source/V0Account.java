package org.sessionpro.backend.takeover.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// What the rows of March 2026 say of one key (`import-python.md` §2.2).
///
/// @param key of the account, normally 32 bytes
/// @param user null if only payments name the key
/// @param payments in the order of their numbers
public record V0Account(ByteString key, @Nullable User user, List<V0Payment> payments) {
  public V0Account {
    payments = List.copyOf(payments);
  }

  /// A row of `users`. Instants and lengths are milliseconds, 0 for none.
  ///
  /// @param index number of the current generation
  /// @param expiry where coverage ends: with grace, if it renews
  /// @param grace of the payment that carries the coverage, as that row has it
  public record User(
      ByteString key,
      long index,
      long expiry,
      long grace,
      boolean renewing,
      long refundRequested) {}
}
