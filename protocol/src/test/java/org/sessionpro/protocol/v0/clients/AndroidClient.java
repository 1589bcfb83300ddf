package org.sessionpro.protocol.v0.clients;

import java.util.Optional;

/// Session Android: kotlinx classes, unknown members ignored (`wire-v0.md` §9).
public final class AndroidClient {
  private static final String NAME = "Android";

  private AndroidClient() {}

  /// An answer of `/add_pro_payment`.
  public static void acceptAdd(byte[] answer) {
    acceptProof(answer);
  }

  /// An answer of `/generate_pro_proof`.
  public static void acceptProof(byte[] answer) {
    result(answer)
        .ifPresent(proof -> {
          proof.ints("version");
          proof.text("gen_index_hash");
          proof.text("rotating_pkey", 64);
          proof.text("sig", 128);
          proof.longs("expiry_unix_ts_ms");
        });
  }

  /// An answer of `/get_pro_revocations`.
  public static void acceptRevocations(byte[] answer) {
    result(answer)
        .ifPresent(list -> {
          list.longs("ticket", "retry_in_s");
          for (Reading item : list.objects("items")) {
            item.longs("expiry_unix_ts_ms", "effective_unix_ts_ms");
            item.text("gen_index_hash");
          }
        });
  }

  /// An answer of `/get_pro_details` to a count of at least 1; Android asks for 10.
  public static void acceptDetails(byte[] answer) {
    result(answer)
        .ifPresent(details -> {
          details.ints("status", "version");
          if (details.has("auto_renewing")) {
            details.bool("auto_renewing");
          }
          if (details.is("status", 1) || details.is("status", 2)) {
            details.longs("expiry_unix_ts_ms");
            details.demand(
                !details.objects("items").isEmpty(), "items", "is empty for a subscriber");
          }
          if (details.has("items")) {
            details.objects("items").forEach(i -> i.ints("plan", "status", "payment_provider"));
          }
        });
  }

  private static Optional<Reading> result(byte[] answer) {
    Reading body = Reading.of(NAME, answer);
    body.ints("status");
    if (body.is("status", 0)) {
      return Optional.of(body.object("result"));
    }
    if (body.has("errors")) {
      body.texts("errors");
    }
    return Optional.empty();
  }
}
