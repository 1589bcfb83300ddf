package org.sessionpro.backend.takeover;

import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.googleMessage;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.revocation;
import static org.sessionpro.backend.takeover.PythonDatabase.trouble;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.util.ArrayList;
import java.util.List;
import org.sessionpro.backend.takeover.PythonDatabase.Row;

/// One small source for each oddity.
final class OddSources {
  private static final long EXPIRY = NOW + 10 * DAY;
  private static final long LAPSED = NOW - 10 * DAY;

  private final PythonDatabase source;
  private final Row good;
  private final Row owner;

  OddSources(PythonDatabase source) {
    this.source = source;
    this.good = source.voucher(key(1), "good", EXPIRY);
    this.owner = user(1, 7, EXPIRY);
  }

  /// Makes the source odd in that way.
  void fill(Anomaly anomaly) {
    switch (anomaly) {
      case RUNTIME_NOT_SINGLE -> source.add(source.runtime());
      case REVOCATIONS_UNWRITABLE ->
          source.execute("ALTER TABLE revocations ALTER COLUMN creation_unix_ts_ms TYPE INTEGER");
      case STATUS_NIL ->
          beside(good.with("status", 0).with("id", 99).with("rangeproof_order_id", "x"));
      case PROVIDER_NIL -> beside(good.with("payment_provider", 4).with("id", 99));
      case KEY_MISSING -> beside(google().with("google_order_id", ""));
      case PLAN_NIL -> owned(good.with("plan", 0));
      case TIME_IN_SECONDS -> owned(good.with("unredeemed_unix_ts_ms", NOW / 1_000));
      case PURCHASED_AFTER_EXPIRY -> owned(good.with("unredeemed_unix_ts_ms", EXPIRY + 1));
      case TIME_WITHOUT_REVOKED -> owned(good.with("revoked_unix_ts_ms", NOW));
      case REDEEMED_WITHOUT_TIME -> owned(good.with("redeemed_unix_ts_ms", null));
      case OWNER_ON_UNREDEEMED -> beside(google().with("status", 1));
      case GRACE_NEGATIVE ->
          source.add(
              google().with("auto_renewing", true).with("grace_period_duration_ms", -5L),
              owner
                  .with("auto_renewing", true)
                  .with("grace_period_duration_ms", -5L)
                  .with("expiry_unix_ts_ms", EXPIRY - 5));
      case GRACE_LONG -> owned(good.with("grace_period_duration_ms", 61 * DAY));
      case BINDING_LENGTH -> owned(google().with("google_obfuscated_account_id", new byte[5]));
      case BINDING_MISMATCH -> owned(google().with("google_obfuscated_account_id", key(2)));
      case TOKEN_NOT_UUID -> owned(apple().with("apple_app_account_token", "me"));
      case DEV_DATABASE -> owned(google().with("google_order_id", "DEV.1"));
      case GEN_COUNTER_BEHIND -> source.add(good, owner.with("gen_index", 2_000_000));
      case OWNER_WITHOUT_ACCOUNT -> source.add(good);
      case STALE_ACCOUNT_ROW -> source.add(good, owner.with("expiry_unix_ts_ms", EXPIRY + 1));
      case GENERATIONS_UNATTRIBUTED -> source.add(good, owner);
      case ERROR_ORPHAN -> source.add(trouble(1, "nobody's"));
      case NOTIFICATION_EMPTY -> source.add(googleMessage(1, false, null, NOW));
      case NOTIFICATION_UNDECODABLE -> source.add(googleMessage(1, false, "{", NOW));
      default -> fillMore(anomaly);
    }
  }

  private void fillMore(Anomaly anomaly) {
    switch (anomaly) {
      case EXPIRY_ZERO ->
          source.add(
              good.with("expiry_unix_ts_ms", 0L).with("unredeemed_unix_ts_ms", LAPSED),
              owner.with("expiry_unix_ts_ms", 0L));
      case REVOKED_WITHOUT_TIME ->
          source.add(google().with("status", 4), owner.with("expiry_unix_ts_ms", 0L));
      case REVOKED_RENEWING ->
          source.add(
              google()
                  .with("status", 4)
                  .with("revoked_unix_ts_ms", LAPSED)
                  .with("auto_renewing", true),
              owner.with("expiry_unix_ts_ms", LAPSED).with("auto_renewing", true));
      case OWNERLESS_REDEEMED ->
          source.add(source.google(null, "t", "o", EXPIRY).with("status", 2));
      case UNCLAIMED -> source.add(source.google(null, "t", "o", EXPIRY));
      case UNCLAIMED_LAPSED -> source.add(source.google(null, "t", "o", LAPSED));
      case UNCLAIMED_REVOKED ->
          source.add(
              source
                  .google(null, "t", "o", EXPIRY)
                  .with("status", 4)
                  .with("revoked_unix_ts_ms", NOW));
      case ACCOUNT_WITHOUT_PAYMENT ->
          source.add(owner.with("expiry_unix_ts_ms", LAPSED), revocation(7, LAPSED, LAPSED));
      case GENERATION_SHARED ->
          source.add(good, owner, source.voucher(key(2), "other", EXPIRY), user(2, 7, EXPIRY));
      case REVOCATION_ORPHAN -> source.add(revocation(9, NOW, EXPIRY));
      case REVOCATION_CREATION_ZERO -> source.add(revocation(9, 0, EXPIRY));
      case REFUND_MIXED ->
          source.add(
              source
                  .google(key(1), "t", "o", LAPSED)
                  .with("status", 4)
                  .with("revoked_unix_ts_ms", LAPSED - DAY),
              source.google(key(1), "t", "o..0", EXPIRY),
              owner);
      case OPERATOR_BLOCK -> source.add(good, owner, revocation(7, NOW - DAY / 2, EXPIRY));
      case REVOCATION_PRUNED_EARLY ->
          source.add(
              google().with("status", 4).with("revoked_unix_ts_ms", NOW - 2 * DAY),
              owner.with("expiry_unix_ts_ms", NOW - 2 * DAY));
      case APPLE_GRACE_ABSOLUTE -> {
        long end = EXPIRY + 16 * DAY;
        source.add(
            apple().with("auto_renewing", true).with("grace_period_duration_ms", end),
            owner
                .with("auto_renewing", true)
                .with("grace_period_duration_ms", end)
                .with("expiry_unix_ts_ms", EXPIRY + end));
      }
      case DUPLICATE_PAYMENT -> {
        List<Row> rows = new ArrayList<>(List.of(google(), google().with("master_pkey", null)));
        rows.set(1, rows.get(1).with("status", 1).with("redeemed_unix_ts_ms", null));
        rows.add(owner);
        source.add(rows);
      }
      case KEY_UNUSABLE ->
          source.add(
              source.voucher(new byte[32], "v", EXPIRY),
              PythonDatabase.user(new byte[32], 7, EXPIRY));
      case KEY_LENGTH ->
          source.add(
              source.voucher(new byte[31], "v", EXPIRY),
              PythonDatabase.user(new byte[31], 7, EXPIRY));
      default -> throw new IllegalArgumentException(anomaly.name());
    }
  }

  private Row google() {
    return source.google(key(1), "token", "GPA.1", EXPIRY);
  }

  private Row apple() {
    return source.apple(key(1), "1000", "1001", EXPIRY);
  }

  /// The only payment of its owner.
  private void owned(Row payment) {
    source.add(payment, owner);
  }

  /// Beside a payment that there is nothing odd about.
  private void beside(Row payment) {
    source.add(good, payment, owner);
  }
}
