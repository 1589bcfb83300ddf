package org.sessionpro.protocol.v0.clients;

import java.util.Optional;

/// The parser of libsession, which more than one client uses (`wire-v0.md` §9). Strict about types; ids
/// above 127 bytes are cut by its C interface, but stores give longer ones, so their length is no
/// rule.
///
/// @param client who uses it, for the complaints
record LibsessionParser(String client) {
  void acceptProof(byte[] answer) {
    result(answer)
        .ifPresent(proof -> {
          proof.number("version", "expiry_unix_ts_ms");
          proof.prefixedHex("gen_index_hash", 32);
          proof.prefixedHex("rotating_pkey", 32);
          proof.prefixedHex("sig", 64);
        });
  }

  void acceptRevocations(byte[] answer) {
    result(answer)
        .ifPresent(list -> {
          list.number("ticket");
          for (Reading item : list.objects("items")) {
            item.number("expiry_unix_ts_ms");
            item.prefixedHex("gen_index_hash", 32);
          }
        });
  }

  void acceptDetails(byte[] answer) {
    result(answer)
        .ifPresent(details -> {
          details.number("status", 0, 2);
          details.number("error_report", 0, 1);
          details.bool("auto_renewing");
          details.number(
              "payments_total",
              "expiry_unix_ts_ms",
              "grace_period_duration_ms",
              "refund_requested_unix_ts_ms");
          details.objects("items").forEach(LibsessionParser::acceptItem);
        });
  }

  private static void acceptItem(Reading item) {
    item.number("status", 1, 4);
    item.number("plan", 1, 3);
    item.number("payment_provider", 1, 3);
    item.bool("auto_renewing");
    item.number(
        "unredeemed_unix_ts_ms",
        "redeemed_unix_ts_ms",
        "expiry_unix_ts_ms",
        "grace_period_duration_ms",
        "platform_refund_expiry_unix_ts_ms",
        "revoked_unix_ts_ms",
        "refund_requested_unix_ts_ms");
    ItemIds.of(item).forEach(item::text);
  }

  void acceptRefund(byte[] answer) {
    result(answer)
        .ifPresent(refund -> {
          refund.number("version");
          refund.bool("updated");
        });
  }

  private Optional<Reading> result(byte[] answer) {
    Reading body = Reading.of(client, answer);
    body.number("status");
    if (body.is("status", 0)) {
      return Optional.of(body.object("result"));
    }
    body.array("errors");
    return Optional.empty();
  }
}
