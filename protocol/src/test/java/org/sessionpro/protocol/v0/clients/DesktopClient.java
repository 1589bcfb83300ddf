package org.sessionpro.protocol.v0.clients;

import java.util.Optional;

/// Session Desktop: a zod schema over the body. It knows nothing of `status`: an answer with a
/// `result` is a success, one without is none (`wire-v0.md` §9).
public final class DesktopClient {
  private static final String NAME = "Desktop";

  private DesktopClient() {}

  /// An answer of `/generate_pro_proof`.
  public static void acceptProof(byte[] answer) {
    result(answer)
        .ifPresent(proof -> {
          proof.number("version", "expiry_unix_ts_ms");
          proof.hex("gen_index_hash");
          proof.text("rotating_pkey", "sig");
        });
  }

  /// An answer of `/get_pro_revocations`.
  public static void acceptRevocations(byte[] answer) {
    result(answer)
        .ifPresent(list -> {
          list.number("ticket", "retry_in_s");
          for (Reading item : list.objects("items")) {
            item.number("expiry_unix_ts_ms", "effective_unix_ts_ms");
            item.text("gen_index_hash");
          }
        });
  }

  /// An answer of `/get_pro_details`.
  public static void acceptDetails(byte[] answer) {
    result(answer).ifPresent(DesktopClient::acceptDetails);
  }

  private static void acceptDetails(Reading details) {
    details.number("status", 0, 2);
    details.bool("auto_renewing");
    details.number(
        "expiry_unix_ts_ms",
        "grace_period_duration_ms",
        "error_report",
        "refund_requested_unix_ts_ms",
        "payments_total");
    for (Reading item : details.objects("items")) {
      item.number("status", 0, 4);
      item.number("plan", 0, 3);
      item.number("payment_provider", 0, 3);
      item.bool("auto_renewing");
      item.number(
          "unredeemed_unix_ts_ms",
          "redeemed_unix_ts_ms",
          "expiry_unix_ts_ms",
          "grace_period_duration_ms",
          "platform_refund_expiry_unix_ts_ms",
          "revoked_unix_ts_ms",
          "refund_requested_unix_ts_ms");
      for (String id : ItemIds.ALL) {
        if (item.has(id)) {
          item.text(id);
        }
      }
    }
  }

  private static Optional<Reading> result(byte[] answer) {
    Reading body = Reading.of(NAME, answer);
    body.noNumber("t", "it would set the clock");
    boolean success = body.is("status", 0);
    body.demand(success == body.has("result"), "result", "decides between success and failure");
    if (!success) {
      return Optional.empty();
    }
    Reading result = body.object("result");
    result.noNumber("t", "it would set the clock");
    return Optional.of(result);
  }
}
