package org.sessionpro.protocol.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of get_payment_details: one page of an account's payments (`wire-v1.md` §10).
///
/// @param paymentsTotal all payments of the account, whatever the page
/// @param items newest registration first
/// @param nextCursor what to send as `before` for the next page; null unless this page is full
public record PaymentDetails(
    long paymentsTotal, List<PaymentItem> items, @Nullable String nextCursor) implements V1Result {
  /// The answer for a key that has no account.
  public static final PaymentDetails NONE = new PaymentDetails(0, List.of(), null);

  public PaymentDetails {
    items = List.copyOf(items);
  }

  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static PaymentDetails parse(JsonObject object) {
    return new PaymentDetails(
        Members.count(object, "payments_total"),
        Members.list(object, "items", PaymentItem::parse),
        Members.textOrNull(object, "next_cursor"));
  }

  @Override
  public void write(JsonWriter json) {
    json.integer("payments_total", paymentsTotal)
        .objects("items", items, (item, payment) -> payment.write(item));
    if (nextCursor == null) {
      json.nullValue("next_cursor");
    } else {
      json.text("next_cursor", nextCursor);
    }
  }
}
