package org.sessionpro.backend.store.apple;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.protocol.TransactionId;

/// Apple's signed statement about what comes after the present cycle (`app-store.md` §2.5). A null part
/// is not stated.
///
/// @param next what the subscription will consist of
/// @param renewing whether Apple will try to renew
/// @param billingRetry whether Apple is trying to collect a renewal that failed
/// @param graceUntil until when it serves a cycle whose renewal failed
/// @param signedAt orders statements about the same subscription
/// @param remarks what it says beside that
public record RenewalInfo(
    TransactionId original,
    @Nullable ProductId next,
    @Nullable Boolean renewing,
    @Nullable Boolean billingRetry,
    @Nullable Instant graceUntil,
    Instant signedAt,
    Remarks remarks) {
  /// Without remarks.
  public RenewalInfo(
      TransactionId original,
      @Nullable ProductId next,
      @Nullable Boolean renewing,
      @Nullable Boolean billingRetry,
      @Nullable Instant graceUntil,
      Instant signedAt) {
    this(original, next, renewing, billingRetry, graceUntil, signedAt, Remarks.NONE);
  }
}
