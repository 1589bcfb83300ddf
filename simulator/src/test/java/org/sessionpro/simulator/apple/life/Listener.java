package org.sessionpro.simulator.apple.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.simulator.apple.JwsReader;
import org.sessionpro.simulator.apple.delivery.Webhook;

/// Somebody who hears everything that is told, knows nothing else, and keeps books by the documents
/// alone.
final class Listener implements Webhook {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Known> known = new LinkedHashMap<>();

  /// What is kept of a subscription.
  private static final class Known {
    private final TreeMap<String, Row> rows = new TreeMap<>();
    private boolean renewing;
  }

  /// What is kept of one cycle.
  record Row(
      Instant purchasedAt,
      @Nullable Instant expiry,
      @Nullable Instant lossAt,
      boolean upgraded,
      @Nullable Duration grace) {}

  @Override
  public int post(ByteString body) throws IOException {
    try {
      JsonNode data =
          JwsReader.payload(JSON.readTree(body.toByteArray()).path("signedPayload").asText())
              .path("data");
      if (data.has("signedTransactionInfo")) {
        hear(
            JwsReader.payload(data.path("signedTransactionInfo").asText()),
            data.has("signedRenewalInfo")
                ? JwsReader.payload(data.path("signedRenewalInfo").asText())
                : null);
      }
      return 200;
    } catch (GeneralSecurityException garbage) {
      return 401;
    }
  }

  private void hear(JsonNode transaction, @Nullable JsonNode renewal) {
    Known one =
        known.computeIfAbsent(transaction.path("originalTransactionId").asText(), _ -> new Known());
    String cycle =
        transaction.path("webOrderLineItemId").asText(transaction.path("transactionId").asText());
    Row before = one.rows.get(cycle);
    one.rows.put(
        cycle,
        new Row(
            instant(transaction, "purchaseDate"),
            transaction.has("expiresDate") ? instant(transaction, "expiresDate") : null,
            transaction.has("revocationDate") ? instant(transaction, "revocationDate") : null,
            transaction.path("isUpgraded").asBoolean(),
            before == null ? null : before.grace()));
    if (renewal != null) {
      hearRenewal(one, renewal);
    }
  }

  private static void hearRenewal(Known one, JsonNode renewal) {
    one.renewing = renewal.path("autoRenewStatus").asInt() == 1;
    if (renewal.has("gracePeriodExpiresDate")) {
      Instant until = instant(renewal, "gracePeriodExpiresDate");
      String newest = one.rows.lastKey();
      Row row = one.rows.get(newest);
      if (row != null && row.expiry() != null) {
        Duration grace = Duration.between(row.expiry(), until);
        one.rows.put(
            newest, new Row(row.purchasedAt(), row.expiry(), row.lossAt(), row.upgraded(), grace));
      }
    }
  }

  private static Instant instant(JsonNode document, String name) {
    return Instant.ofEpochMilli(document.path(name).asLong());
  }

  /// The rows of a subscription in the order of their payments.
  Map<String, Row> rows(String original) {
    Known one = known.get(original);
    return one == null ? Map.of() : one.rows;
  }

  boolean isRenewing(String original) {
    Known one = known.get(original);
    return one != null && one.renewing;
  }
}
