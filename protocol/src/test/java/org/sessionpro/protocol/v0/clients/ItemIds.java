package org.sessionpro.protocol.v0.clients;

import java.util.List;

/// The id members of a listed payment, by its provider (`wire-v0.md` §5.4).
final class ItemIds {
  static final List<String> GOOGLE = List.of("google_payment_token", "google_order_id");
  static final List<String> APPLE =
      List.of("apple_original_tx_id", "apple_tx_id", "apple_web_line_order_id");
  static final List<String> VOUCHER = List.of("rangeproof_order_id");

  static final List<String> ALL =
      List.of(
          "google_payment_token",
          "google_order_id",
          "apple_original_tx_id",
          "apple_tx_id",
          "apple_web_line_order_id",
          "rangeproof_order_id");

  private ItemIds() {}

  /// Those that an item must hold.
  static List<String> of(Reading item) {
    if (item.is("payment_provider", 1)) {
      return GOOGLE;
    }
    return item.is("payment_provider", 2) ? APPLE : VOUCHER;
  }
}
