package org.sessionpro.backend.takeover;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// What stores call the payments of March 2026, and their buyers.
final class StoreNames {
  private static final int GOOGLE_ID_SIZE = 32;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /// Where a UUID says of which version it is; ours are of version 4, and there is no version 0.
  private static final long VERSION = 0xF000L;

  /// What an index takes.
  private static final int MAX_BYTES = 2_048;

  private StoreNames() {}

  /// The identity of a payment; empty if the names that it needs are missing, or none that a store
  /// gives.
  static Optional<PaymentKey> key(V0Payment row) {
    V0Payment.Ids ids = row.ids();
    return switch ((int) row.codes().provider()) {
      case V0Payment.GOOGLE ->
          areNames(ids.googleToken(), ids.googleOrder())
              ? Optional.of(
                  PaymentKey.google(
                      new PurchaseToken(ids.googleToken()), new OrderId(ids.googleOrder())))
              : Optional.empty();
      case V0Payment.APPLE -> apple(ids);
      case V0Payment.VOUCHER ->
          areNames(ids.voucherOrder())
              ? Optional.of(PaymentKey.voucher(new OrderId(ids.voucherOrder())))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<PaymentKey> apple(V0Payment.Ids ids) {
    if (!areNames(ids.appleOriginal(), ids.appleTransaction())) {
      return Optional.empty();
    }
    TransactionId original = new TransactionId(ids.appleOriginal());
    if (ids.appleLineItem().isEmpty()) {
      return Optional.of(
          PaymentKey.appleTransaction(original, new TransactionId(ids.appleTransaction())));
    }
    return areNames(ids.appleLineItem())
        ? Optional.of(PaymentKey.appleLineItem(original, new OrderId(ids.appleLineItem())))
        : Optional.empty();
  }

  private static boolean areNames(String... names) {
    for (String name : names) {
      if (name.isEmpty()
          || name.chars().anyMatch(Character::isISOControl)
          || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
          || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
        return false;
      }
    }
    return true;
  }

  /// Who bought it, as its store was told (`import-python.md` §4.5); null if nobody knows.
  static @Nullable Binding binding(V0Payment row) {
    ByteString google = row.buyer().google();
    if (row.isOf(V0Payment.GOOGLE)) {
      return google == null || google.size() != GOOGLE_ID_SIZE ? null : new Binding(google);
    }
    String token = row.buyer().apple();
    if (!row.isOf(V0Payment.APPLE) || token.isEmpty()) {
      return null;
    }
    return Binding.apple(isUuid(token) ? UUID.fromString(token) : nobodys(token));
  }

  static boolean isUuid(String token) {
    return UUID_FORM.matcher(token).matches();
  }

  /// Stands for a token that is no UUID, and matches that of no key.
  private static UUID nobodys(String token) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
      return new UUID(digest.getLong() & ~VERSION, digest.getLong());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// What is wrong with the buyer's id; null for nothing.
  static @Nullable Anomaly oddBuyer(V0Payment row) {
    ByteString google = row.buyer().google();
    if (row.isOf(V0Payment.GOOGLE) && google != null && google.size() != GOOGLE_ID_SIZE) {
      return Anomaly.BINDING_LENGTH;
    }
    String token = row.buyer().apple();
    return row.isOf(V0Payment.APPLE) && !token.isEmpty() && !isUuid(token)
        ? Anomaly.TOKEN_NOT_UUID
        : null;
  }
}
