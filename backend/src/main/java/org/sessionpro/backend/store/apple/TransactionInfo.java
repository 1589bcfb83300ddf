package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// Apple's signed statement about one transaction: one way in which a billing cycle is shown
/// (`app-store.md` §2).
///
/// @param names of the transaction, its cycle and its subscription
/// @param type what kind of thing was bought
/// @param purchasedAt start of the cycle; may lie after `signedAt`
/// @param expiresAt end of the paid term; null for what has none
/// @param signedAt orders statements about the same cycle
/// @param token whose purchase it is; null if the store states nobody
/// @param upgraded whether another cycle took its place
/// @param revocation null while nothing was taken back
/// @param quantity how many were bought, at least 1
/// @param remarks what it says beside that
public record TransactionInfo(
    Names names,
    ProductId product,
    Type type,
    Instant purchasedAt,
    @Nullable Instant expiresAt,
    Instant signedAt,
    Reason reason,
    Ownership ownership,
    @Nullable UUID token,
    boolean upgraded,
    @Nullable Revocation revocation,
    int quantity,
    Remarks remarks) {
  /// What Apple calls it.
  ///
  /// @param lineItem same for every transaction that shows one cycle; null if none is stated
  public record Names(
      TransactionId original, TransactionId transaction, @Nullable OrderId lineItem) {}

  /// Something that the App Store sells.
  public record ProductId(String value) {}

  /// What kind of thing was bought.
  public enum Type {
    AUTO_RENEWABLE,
    NON_RENEWING,
    /// Consumables and all that this server does not sell.
    OTHER
  }

  /// How the cycle came about.
  public enum Reason {
    PURCHASE,
    RENEWAL,
    /// Not stated, or in a word that nobody has heard of.
    UNKNOWN
  }

  /// Who bought it.
  public enum Ownership {
    PURCHASED,
    FAMILY_SHARED
  }

  /// That something was taken back.
  ///
  /// @param family whether because somebody left a family, and not by a refund
  public record Revocation(Instant at, boolean family) {}

  /// The subscription that it belongs to.
  public SubscriptionKey subscription() {
    return new SubscriptionKey(PaymentProvider.APP_STORE, names.original().value());
  }

  /// The identity of its cycle, as far as this statement tells it (`decisions-stores.md` §1).
  public PaymentKey cycle() {
    return names.lineItem() == null
        ? PaymentKey.appleTransaction(names.original(), names.transaction())
        : PaymentKey.appleLineItem(names.original(), names.lineItem());
  }
}
