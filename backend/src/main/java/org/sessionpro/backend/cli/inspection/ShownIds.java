package org.sessionpro.backend.cli.inspection;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;

/// How identifiers are shown: as digests that hold for one output, or in full to a person at a
/// terminal who asks for it (`decisions-stores.md` §5).
///
/// @param keys of accounts
/// @param tags of generations
/// @param ids of purchases
/// @param messages of what stores sent
record ShownIds(
    Function<MasterKey, String> keys,
    Function<RevocationTag, String> tags,
    Function<StoreId, String> ids,
    Function<String, String> messages) {

  static final String UNMASKED =
      "Show keys and ids in full instead of digests; at a terminal only.";

  /// As asked for.
  ///
  /// @param crypto asked only if there is something to mask
  /// @throws CommandFailed if full ids would go anywhere but to a terminal
  static ShownIds of(boolean unmasked, Shell shell, Supplier<Crypto> crypto) {
    if (!unmasked) {
      IdentifierMask mask = IdentifierMask.withFreshKey(crypto.get(), new SecureRandom());
      return new ShownIds(
          key -> mask.of(key).text(),
          tag -> mask.of(tag).text(),
          id -> mask.of(id).text(),
          id -> mask.of("message", ByteString.of(id.getBytes(StandardCharsets.UTF_8))).text());
    }
    if (!shell.terminals().showsResults()) {
      throw CommandFailed.misused("--unmasked shows ids at a terminal only");
    }
    return new ShownIds(MasterKey::hex, RevocationTag::hex, StoreId::value, id -> id);
  }

  String of(MasterKey key) {
    return keys.apply(key);
  }

  String of(RevocationTag tag) {
    return tags.apply(tag);
  }

  /// What a store calls one of its messages.
  String message(String id) {
    return messages.apply(id);
  }

  /// Any id that a store gave to a purchase.
  String purchase(String id) {
    return ids.apply(new OrderId(id));
  }

  /// What all cycles of one subscription share: token, original transaction or voucher.
  String of(SubscriptionKey key) {
    return ids.apply(
        switch (key.provider()) {
          case GOOGLE_PLAY -> new PurchaseToken(key.value());
          case APP_STORE -> new TransactionId(key.value());
          case STF -> new OrderId(key.value());
        });
  }

  /// As above, of the subscription that a payment belongs to.
  String subscription(PaymentKey key) {
    return of(key.subscriptionKey());
  }

  /// What tells one cycle from all others, as far as its key does.
  String of(PaymentKey key) {
    return switch (key.provider()) {
      case GOOGLE_PLAY -> ids.apply(new OrderId(key.cycle()));
      case APP_STORE -> {
        OrderId lineItem = key.appleLineItem();
        yield lineItem.value().isEmpty() ? subscription(key) : ids.apply(lineItem);
      }
      case STF -> subscription(key);
    };
  }

  /// What the store calls one cycle: Google's order, the App Store's transaction, the voucher.
  String cycle(Payment payment) {
    PaymentKey key = payment.key();
    TransactionId transaction = payment.witnessed().transaction();
    return ids.apply(
        switch (key.provider()) {
          case GOOGLE_PLAY -> new OrderId(key.cycle());
          case APP_STORE -> transaction == null ? key.appleLineItem() : transaction;
          case STF -> new OrderId(key.subscription());
        });
  }
}
