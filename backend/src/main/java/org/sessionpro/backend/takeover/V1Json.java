package org.sessionpro.backend.takeover;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;

/// Payments of summer 2026 as they are kept in quarantine: under the names of their columns, so that
/// somebody can put them right.
final class V1Json {
  private V1Json() {}

  static Quarantined of(V1Payment row, Anomaly why) {
    String json = new String(JsonWriter.object(it -> write(row, it)), StandardCharsets.UTF_8);
    return new Quarantined("payments", Long.toString(row.id()), why.name(), json);
  }

  private static void write(V1Payment row, JsonWriter json) {
    V1Payment.Times times = row.times();
    json.integer("id", row.id())
        .text("master_pkey", hex(row.owner()))
        .text("plan", row.plan().code())
        .text("payment_provider", row.provider().code())
        .bool("auto_renewing", row.terms().renewing())
        .text("purchased_at", text(times.purchased()))
        .text("redeemed_at", text(times.redeemed()))
        .text("expiry_at", text(times.expiry()))
        .text("grace_period", text(row.terms().grace()))
        .text("platform_refund_expiry_at", text(times.refundDeadline()))
        .text("revoked_at", text(times.revoked()))
        .text("credit_remaining", text(row.terms().credit()));
    V1Payment.Google google = row.details().google();
    if (google != null) {
      json.text("payment_token", google.token())
          .text("google_order_id", google.order())
          .text("obfuscated_account_id", hex(google.account()))
          .bool("needs_ack", google.needsAcknowledgement());
    }
    V1Payment.Apple apple = row.details().apple();
    if (apple != null) {
      json.text("original_tx_id", apple.original())
          .text("tx_id", apple.transaction())
          .text("web_line_order_tx_id", apple.lineItem())
          .text("app_account_token", apple.token());
    }
    if (row.details().voucher() != null) {
      json.text("stf_order_id", row.details().voucher());
    }
  }

  private static String hex(@Nullable ByteString bytes) {
    return bytes == null ? "" : bytes.hex();
  }

  private static String text(@Nullable Instant instant) {
    return instant == null ? "" : instant.toString();
  }

  private static String text(@Nullable Duration length) {
    return length == null ? "" : length.toString();
  }
}
