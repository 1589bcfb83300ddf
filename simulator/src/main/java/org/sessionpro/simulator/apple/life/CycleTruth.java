package org.sessionpro.simulator.apple.life;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.catalogue.ProductId;

/// What is true of one paid cycle.
///
/// @param transaction names it, as it was first told
/// @param lineItem names its payment; null of what does not renew
/// @param loss how it was taken back or replaced; null while it stands
/// @param token the app account token that it bears; null if none
/// @param owner token of the account that it belongs to by `app-store.md` §2.4, once that account has
///     asked for what is its own; null if it belongs to nobody
public record CycleTruth(
    TransactionId transaction,
    @Nullable TransactionId lineItem,
    ProductId product,
    Term term,
    @Nullable Loss loss,
    @Nullable UUID token,
    @Nullable UUID owner) {
  /// When it runs.
  ///
  /// @param expiry end of what is paid; null if it has none
  public record Term(Instant purchasedAt, @Nullable Instant expiry) {}

  /// How entitlement by it ended.
  public record Loss(Instant at, Reason reason) {}

  /// Why entitlement ends.
  public enum Reason {
    REFUND,
    FAMILY,
    SUPERSEDED
  }

  public Instant purchasedAt() {
    return term.purchasedAt();
  }

  /// Where its own term ends, clamped by a loss (`entitlement.md` §6.2 step 3); its beginning if it has
  /// no end.
  public Instant termEnd() {
    Instant end = term.expiry() == null ? term.purchasedAt() : term.expiry();
    return loss != null && loss.at().isBefore(end) ? loss.at() : end;
  }

  boolean isSuperseded() {
    return loss != null && loss.reason() == Reason.SUPERSEDED;
  }

  /// Whether it was taken back before it began.
  boolean isVoid() {
    return loss != null && !loss.at().isAfter(purchasedAt());
  }
}
