package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of `/dev/add_payment` (`wire-v1.md` §13).
///
/// @param accountExpiry end of the owner's paid term, this payment included; null if the payment
///     waits for its owner
public record DevPayment(PaymentId id, Plan plan, @Nullable Instant accountExpiry)
    implements V1Result {
  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static DevPayment parse(JsonObject object) {
    PaymentId id =
        new PaymentId(
            Members.code(object, "provider", PaymentProvider::ofCode),
            Members.text(object, "payment_id"));
    Plan plan = Members.code(object, "plan", Plan::ofCode);
    Instant expiry = Members.instant(object, "account_expiry_ts");
    return new DevPayment(id, plan, Members.bool(object, "redeemed") ? expiry : null);
  }

  @Override
  public void write(JsonWriter json) {
    json.text("provider", id.provider().code())
        .text("payment_id", id.text())
        .text("plan", plan.code())
        .integer("account_expiry_ts", accountExpiry == null ? 0 : V1Time.seconds(accountExpiry))
        .bool("redeemed", accountExpiry != null);
  }
}
