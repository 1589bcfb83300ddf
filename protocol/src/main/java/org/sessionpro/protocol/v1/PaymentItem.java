package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// One payment as its owner sees it (`wire-v1.md` §10.1).
///
/// On the wire an absent instant is zero: `0` in the integer fields, `0.0` in `revoked_ts`.
///
/// @param status at the request's `ts`
/// @param purchased the store's purchase instant, to the microsecond
/// @param refundDeadline end of the self-service refund window; null for granted payments
/// @param revoked the store's revocation instant, to the microsecond; null if not revoked
public record PaymentItem(
    PaymentStatus status,
    Plan plan,
    PaymentId id,
    PaymentTerm term,
    Instant purchased,
    @Nullable Instant refundDeadline,
    @Nullable Instant revoked) {

  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static PaymentItem parse(JsonObject object) {
    Instant revoked = Members.decimalInstant(object, "revoked_ts");
    return new PaymentItem(
        Members.code(object, "status", PaymentStatus::ofCode),
        Members.code(object, "plan", Plan::ofCode),
        new PaymentId(
            Members.code(object, "payment_provider", PaymentProvider::ofCode),
            Members.text(object, "payment_id")),
        new PaymentTerm(
            Members.instantOrZero(object, "expiry_ts"),
            Members.duration(object, "grace_period_duration"),
            Members.bool(object, "auto_renewing")),
        Members.decimalInstant(object, "purchased_ts"),
        Members.instantOrZero(object, "platform_refund_expiry_ts"),
        revoked.equals(Instant.EPOCH) ? null : revoked);
  }

  void write(JsonWriter json) {
    json.text("status", status.code())
        .text("plan", plan.code())
        .text("payment_provider", id.provider().code())
        .bool("auto_renewing", term.autoRenewing())
        .number("purchased_ts", V1Time.decimal(purchased))
        .integer("expiry_ts", secondsOrZero(term.expiry()))
        .integer("grace_period_duration", V1Time.seconds(term.gracePeriod()))
        .integer("platform_refund_expiry_ts", secondsOrZero(refundDeadline))
        .number("revoked_ts", V1Time.decimal(revoked == null ? Instant.EPOCH : revoked))
        .text("payment_id", id.text());
  }

  private static long secondsOrZero(@Nullable Instant instant) {
    return instant == null ? 0 : V1Time.seconds(instant);
  }
}
