package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.time.Instant;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Until when an account is paid for, read from one snapshot; the same three values in every answer
/// that states them (`wire-v1.md` §5, §6.2, §9).
///
/// @param expiry end of the paid term including credits, without grace and allowance; the epoch if
///     there is no account
/// @param gracePeriod how much longer the account stays covered; zero when not renewing
/// @param autoRenewing whether the payment that carries the coverage will renew
public record AccountTerm(Instant expiry, Duration gracePeriod, boolean autoRenewing) {
  /// The term of a key that has no account.
  public static final AccountTerm NONE = new AccountTerm(Instant.EPOCH, Duration.ZERO, false);

  private static final String EXPIRY = "account_expiry_ts";
  private static final String GRACE = "account_grace_period_duration";
  private static final String RENEWING = "account_auto_renewing";

  public AccountTerm {
    if (gracePeriod.isNegative()) {
      throw new IllegalArgumentException("a grace period is never negative");
    }
  }

  static boolean isIn(JsonObject object) {
    return object.has(EXPIRY);
  }

  static AccountTerm parse(JsonObject object) {
    return new AccountTerm(
        Members.instant(object, EXPIRY),
        Members.duration(object, GRACE),
        Members.bool(object, RENEWING));
  }

  void write(JsonWriter json) {
    json.integer(EXPIRY, V1Time.seconds(expiry))
        .integer(GRACE, V1Time.seconds(gracePeriod))
        .bool(RENEWING, autoRenewing);
  }
}
