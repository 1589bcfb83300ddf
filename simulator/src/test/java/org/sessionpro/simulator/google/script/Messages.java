package org.sessionpro.simulator.google.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// Reads notifications.
final class Messages {
  /// Stands before the tokens of what is bought once.
  static final String PRODUCT = "product ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Messages() {}

  /// The purchases that a message is about; none if it cannot be understood.
  static Set<String> tokens(String data) {
    try {
      JsonNode message = JSON.readTree(Base64.getDecoder().decode(data));
      for (String block : List.of("subscriptionNotification", "voidedPurchaseNotification")) {
        if (message.has(block) && message.get(block).path("productType").asInt(1) == 1) {
          return Set.of(message.get(block).get("purchaseToken").asText());
        }
      }
      return message.has("oneTimeProductNotification")
          ? Set.of(PRODUCT + message.at("/oneTimeProductNotification/purchaseToken").asText())
          : Set.of();
    } catch (IOException | IllegalArgumentException malformed) {
      return Set.of();
    }
  }
}
