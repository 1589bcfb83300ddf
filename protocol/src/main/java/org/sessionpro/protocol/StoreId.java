package org.sessionpro.protocol;

import java.nio.charset.StandardCharsets;

/// A name that a store gave to a purchase or a payment. Opaque: compared for equality only, and
/// never printed, for it leads to a person.
public sealed interface StoreId permits PurchaseToken, OrderId, TransactionId {
  /// The name as the store writes it; well-formed Unicode, possibly empty.
  String value();

  /// The UTF-8 form, which v0 signs (`wire-v0.md` §4).
  default ByteString utf8() {
    return ByteString.of(value().getBytes(StandardCharsets.UTF_8));
  }

  /// For the compact constructors of the types below.
  ///
  /// @throws IllegalArgumentException if `value` holds an unpaired surrogate
  static void requireWellFormed(String value) {
    if (!isAscii(value) && !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("a store's name must be well-formed Unicode");
    }
  }

  /// As nearly every name is, which is seen much faster than the rest.
  private static boolean isAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > '\u007f') {
        return false;
      }
    }
    return true;
  }
}
