package org.sessionpro.protocol.v1;

import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of get_pro_status (`wire-v1.md` §9).
///
/// @param term `expiry + gracePeriod` is the instant at which the status turns from active to expired
/// @param latestPayment the newest payment that stands; null if there is no account
public record StatusResult(
    UserStatus userStatus, AccountTerm term, @Nullable PaymentItem latestPayment)
    implements V1Result {
  /// The answer for a key that has no account.
  public static final StatusResult NEVER =
      new StatusResult(UserStatus.NEVER, AccountTerm.NONE, null);

  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static StatusResult parse(JsonObject object) {
    JsonObject latest = Members.objectOrNull(object, "latest_payment");
    return new StatusResult(
        Members.code(object, "user_status", UserStatus::ofCode),
        new AccountTerm(
            Members.instant(object, "expiry_ts"),
            Members.duration(object, "grace_period_duration"),
            Members.bool(object, "auto_renewing")),
        latest == null ? null : PaymentItem.parse(latest));
  }

  @Override
  public void write(JsonWriter json) {
    json.text("user_status", userStatus.code())
        .bool("auto_renewing", term.autoRenewing())
        .integer("expiry_ts", V1Time.seconds(term.expiry()))
        .integer("grace_period_duration", V1Time.seconds(term.gracePeriod()));
    if (latestPayment == null) {
      json.nullValue("latest_payment");
    } else {
      json.object("latest_payment", latestPayment::write);
    }
  }
}
