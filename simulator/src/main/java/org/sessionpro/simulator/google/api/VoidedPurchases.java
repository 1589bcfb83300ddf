package org.sessionpro.simulator.google.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.play.Voiding;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// `purchases.voidedpurchases.list`: what was taken back with access in the last 30 days
/// (`google-play.md` §6.3).
final class VoidedPurchases {
  private static final Duration REACH = Duration.ofDays(30);
  private static final int MAX_PAGE = 1000;

  private VoidedPurchases() {}

  /// @param all oldest first
  static Answer list(Request request, List<Voiding> all, Instant now) {
    Instant earliest = now.minus(REACH);
    Optional<String> token = request.parameter("token");
    Instant start = millis(request, "startTime").orElse(earliest);
    // The parameter is of no account where a page is continued.
    if (token.isEmpty() && start.isBefore(earliest)) {
      return ErrorBody.of(PlayEndpoint.VOIDS, 400, "invalidStartTime", null);
    }
    Instant from = start.isBefore(earliest) ? earliest : start;
    Instant until = millis(request, "endTime").orElse(now);
    boolean withSubscriptions = request.parameter("type").orElse("0").equals("1");
    boolean withPartial =
        Boolean.parseBoolean(
            request.parameter("includeQuantityBasedPartialRefund").orElse("false"));
    List<Voiding> found =
        all.stream()
            .filter(voiding -> !voiding.voidedAt().isBefore(from))
            .filter(voiding -> !voiding.voidedAt().isAfter(until))
            .filter(voiding -> withSubscriptions || !voiding.subscription())
            .filter(voiding -> withPartial || voiding.quantity() == null)
            .toList();
    int size =
        request.parameter("maxResults").map(Integer::parseInt).filter(n -> n > 0).orElse(MAX_PAGE);
    return page(found, token.map(VoidedPurchases::offset).orElse(0), Math.min(size, MAX_PAGE));
  }

  private static Optional<Instant> millis(Request request, String name) {
    return request.parameter(name).map(Long::parseLong).map(Instant::ofEpochMilli);
  }

  private static int offset(String token) {
    return Integer.parseInt(
        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
  }

  private static Answer page(List<Voiding> found, int from, int size) {
    int end = Math.min(from + size, found.size());
    List<Voiding> shown = from < end ? found.subList(from, end) : List.of();
    return Answer.json(
        200,
        JsonWriter.object(root -> {
          if (end < found.size()) {
            root.object("tokenPagination", next -> next.text("nextPageToken", pageToken(end)));
          }
          if (!shown.isEmpty()) {
            root.objects("voidedPurchases", shown, VoidedPurchases::write);
          }
        }));
  }

  private static String pageToken(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Integer.toString(offset).getBytes(StandardCharsets.US_ASCII));
  }

  private static void write(JsonWriter entry, Voiding voiding) {
    entry
        .text("kind", "androidpublisher#voidedPurchase")
        .text("purchaseToken", voiding.token().value())
        .text("orderId", voiding.order().value())
        .text("purchaseTimeMillis", Long.toString(voiding.purchasedAt().toEpochMilli()))
        .text("voidedTimeMillis", Long.toString(voiding.voidedAt().toEpochMilli()))
        .integer("voidedSource", voiding.cause().source().number())
        .integer("voidedReason", voiding.cause().reason().number());
    if (voiding.quantity() != null) {
      entry.integer("voidedQuantity", voiding.quantity());
    }
  }
}
