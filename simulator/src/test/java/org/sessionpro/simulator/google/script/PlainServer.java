package org.sessionpro.simulator.google.script;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.GoogleClient.Reply;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;

/// The least that a server must do so that Play does not take purchases back: it reads what it hears of
/// and acknowledges what it can attribute. It keeps no books, so nothing can be expected of it.
final class PlainServer extends IdleServer {
  private static final String SUBSCRIPTIONS = "purchases/subscriptions/session_pro/tokens/";
  private static final int MAX_ROUNDS = 50;

  private final GoogleClient client;
  private final Set<String> owed = new LinkedHashSet<>();
  private boolean running = true;
  private boolean databaseReachable = true;
  private boolean acceptsTests;
  private Set<String> plans = plans(SessionCatalogue.mappedPlans());

  PlainServer(GoogleClient client) {
    this.client = client;
  }

  private static Set<String> plans(Map<?, ?> mapped) {
    Set<String> names = new LinkedHashSet<>();
    mapped.keySet().forEach(name -> names.add(name.toString()));
    return names;
  }

  @Override
  public void settle() {
    for (int round = 0; round < MAX_ROUNDS && running; round++) {
      if (!receive()) {
        break;
      }
    }
    for (String token : List.copyOf(owed)) {
      if (running && attempt(token)) {
        owed.remove(token);
      }
    }
  }

  /// Takes a batch of messages; false if there is none, or they had to be given back.
  private boolean receive() {
    try {
      JsonNode received =
          signedIn(() -> client.pubSub("pull", "{\"maxMessages\":100,\"returnImmediately\":true}"))
              .json();
      if (!received.has("receivedMessages")) {
        return false;
      }
      Set<String> ackIds = new LinkedHashSet<>();
      for (JsonNode message : received.get("receivedMessages")) {
        ackIds.add("\"" + message.get("ackId").asText() + "\"");
        if (databaseReachable) {
          owed.addAll(Messages.tokens(message.at("/message/data").asText()));
        }
      }
      String ids = "{\"ackIds\":[" + String.join(",", ackIds) + "]";
      if (databaseReachable) {
        client.pubSub("acknowledge", ids + "}");
      } else {
        client.pubSub("modifyAckDeadline", ids + ",\"ackDeadlineSeconds\":0}");
      }
      return databaseReachable;
    } catch (IOException dropped) {
      return false;
    }
  }

  /// Reads and acknowledges a purchase; true if nothing is left to do.
  private boolean attempt(String token) {
    try {
      return token.startsWith(Messages.PRODUCT)
          ? attemptProduct(token.substring(Messages.PRODUCT.length()))
          : attemptSubscription(token);
    } catch (IOException | RuntimeException failed) {
      return false;
    }
  }

  private boolean attemptSubscription(String token) throws IOException {
    Reply reply = signedIn(() -> client.read(token));
    if (reply.status() != 200) {
      return reply.status() == 410;
    }
    JsonNode read = reply.json();
    if (!isPending(read)) {
      return true;
    }
    if (!isOurs(read)) {
      return false;
    }
    String ids = ids(read);
    if (ids.isEmpty()) {
      return true;
    }
    String body =
        read.has("outOfAppPurchaseContext")
            ? "{\"externalAccountIds\":{\"obfuscatedAccountId\":\"" + ids + "\"}}"
            : "{}";
    String path = SUBSCRIPTIONS + GoogleClient.encode(token) + ":acknowledge";
    return signedIn(() -> client.post(path, body)).status() / 100 == 2;
  }

  private static boolean isPending(JsonNode read) {
    return read.get("acknowledgementState").asText().endsWith("PENDING")
        && read.has("startTime")
        && !read.get("subscriptionState").asText().endsWith("EXPIRED");
  }

  private boolean isOurs(JsonNode read) {
    String plan = read.at("/lineItems/0/offerDetails/basePlanId").asText();
    return plans.contains(plan) && (acceptsTests || !read.has("testPurchase"));
  }

  /// Whose it is, by what Play tells or by what it told about the expired one.
  private String ids(JsonNode read) throws IOException {
    String own = read.at("/externalAccountIdentifiers/obfuscatedExternalAccountId").asText();
    if (!own.isEmpty()) {
      return own;
    }
    JsonNode context = read.path("outOfAppPurchaseContext");
    String expired =
        context.at("/expiredExternalAccountIdentifiers/obfuscatedExternalAccountId").asText();
    String expiredToken = context.path("expiredPurchaseToken").asText();
    return expired.isEmpty() && !expiredToken.isEmpty()
        ? ids(client.read(expiredToken).json())
        : expired;
  }

  private boolean attemptProduct(String token) throws IOException {
    JsonNode read = client.play("purchases/productsv2/tokens/" + token).json();
    String product = read.at("/productLineItem/0/productId").asText();
    boolean owedYet =
        read.get("acknowledgementState").asText().endsWith("PENDING")
            && read.at("/purchaseStateContext/purchaseState").asText().equals("PURCHASED")
            && product.equals(SessionCatalogue.CREDIT.value());
    String path = "purchases/products/" + product + "/tokens/" + token + ":acknowledge";
    return !owedYet || client.post(path, "{}").status() / 100 == 2;
  }

  private interface Asking {
    Reply ask() throws IOException;
  }

  private Reply signedIn(Asking asking) throws IOException {
    Reply reply = asking.ask();
    if (reply.status() != 401) {
      return reply;
    }
    client.signIn();
    return asking.ask();
  }

  @Override
  public void restart(Map<String, String> settings) {
    acceptsTests |= settings.getOrDefault("accept_test_purchases", "false").equals("true");
    String map = settings.get("base_plans");
    if (map != null) {
      plans = new LinkedHashSet<>();
      for (String entry : map.split(",", -1)) {
        plans.add(entry.substring(0, entry.indexOf('=')));
      }
    }
  }

  @Override
  public void kill() {
    running = false;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void reachDatabase(boolean reachable) {
    databaseReachable = reachable;
  }
}
