package org.sessionpro.backend.takeover;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// What stores call the payments of either generation, and their buyers.
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
      case V0Payment.GOOGLE -> google(ids.googleToken(), ids.googleOrder());
      case V0Payment.APPLE ->
          apple(ids.appleOriginal(), ids.appleTransaction(), ids.appleLineItem());
      case V0Payment.VOUCHER -> voucher(ids.voucherOrder());
      default -> Optional.empty();
    };
  }

  /// As above, of a payment whose details are those of its provider.
  static Optional<PaymentKey> key(V1Payment row) {
    V1Payment.Details details = row.details();
    V1Payment.Google google = details.google();
    if (google != null) {
      return google(google.token(), google.order());
    }
    V1Payment.Apple apple = details.apple();
    if (apple != null) {
      return apple(apple.original(), apple.transaction(), apple.lineItem());
    }
    return details.voucher() == null ? Optional.empty() : voucher(details.voucher());
  }

  private static Optional<PaymentKey> google(String token, String order) {
    return areNames(token, order)
        ? Optional.of(PaymentKey.google(new PurchaseToken(token), new OrderId(order)))
        : Optional.empty();
  }

  private static Optional<PaymentKey> voucher(String order) {
    return areNames(order) ? Optional.of(PaymentKey.voucher(new OrderId(order))) : Optional.empty();
  }

  private static Optional<PaymentKey> apple(String original, String transaction, String lineItem) {
    if (!areNames(original, transaction)) {
      return Optional.empty();
    }
    TransactionId first = new TransactionId(original);
    if (lineItem.isEmpty()) {
      return Optional.of(PaymentKey.appleTransaction(first, new TransactionId(transaction)));
    }
    return areNames(lineItem)
        ? Optional.of(PaymentKey.appleLineItem(first, new OrderId(lineItem)))
        : Optional.empty();
  }

  private static boolean areNames(String... names) {
    for (String name : names) {
      if (name.isEmpty() || !(isPlain(name) || isText(name))) {
        return false;
      }
    }
    return true;
  }

  /// As every name is that a store gives; the rest is looked at more closely.
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter < ' ' || letter > '~') {
        return false;
      }
    }
    return name.length() <= MAX_BYTES;
  }

  private static boolean isText(String name) {
    return name.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  /// The App Store's other transactions of the same cycle.
  static List<TransactionId> others(V0Payment row) {
    return row.ids().otherTransactions().stream().map(TransactionId::new).toList();
  }

  /// As above.
  static List<TransactionId> others(V1Payment row) {
    V1Payment.Apple apple = row.details().apple();
    return apple == null
        ? List.of()
        : apple.otherTransactions().stream().map(TransactionId::new).toList();
  }

  /// Who bought it, as its store was told (`import-python.md` §4.5); null if nobody knows.
  static @Nullable Binding binding(V0Payment row) {
    if (row.isOf(V0Payment.GOOGLE)) {
      return google(row.buyer().google());
    }
    return row.isOf(V0Payment.APPLE) ? apple(row.buyer().apple()) : null;
  }

  /// As above.
  static @Nullable Binding binding(V1Payment row) {
    V1Payment.Google google = row.details().google();
    V1Payment.Apple apple = row.details().apple();
    return switch (row.provider()) {
      case GOOGLE_PLAY -> google == null ? null : google(google.account());
      case APP_STORE -> apple == null ? null : apple(apple.token());
      case STF -> null;
    };
  }

  private static @Nullable Binding google(@Nullable ByteString id) {
    return id == null || id.size() != GOOGLE_ID_SIZE ? null : new Binding(id);
  }

  private static @Nullable Binding apple(String token) {
    if (token.isEmpty()) {
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
    if (row.isOf(V0Payment.GOOGLE)) {
      return oddId(row.buyer().google());
    }
    return row.isOf(V0Payment.APPLE) ? oddToken(row.buyer().apple()) : null;
  }

  /// As above.
  static @Nullable Anomaly oddBuyer(V1Payment row) {
    V1Payment.Google google = row.details().google();
    V1Payment.Apple apple = row.details().apple();
    if (google != null) {
      return oddId(google.account());
    }
    return apple == null ? null : oddToken(apple.token());
  }

  private static @Nullable Anomaly oddId(@Nullable ByteString id) {
    return id != null && id.size() != GOOGLE_ID_SIZE ? Anomaly.BINDING_LENGTH : null;
  }

  private static @Nullable Anomaly oddToken(String token) {
    return token.isEmpty() || isUuid(token) ? null : Anomaly.TOKEN_NOT_UUID;
  }
}
