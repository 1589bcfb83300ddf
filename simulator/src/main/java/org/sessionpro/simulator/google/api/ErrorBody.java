package org.sessionpro.simulator.google.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.http.Answer;

/// How Google's APIs say no (`google-play.md` §8, errors).
final class ErrorBody {
  private ErrorBody() {}

  /// @param reason empty for the usual one of that status
  /// @param retryAfter rounded up to whole seconds; null if nothing is asked
  static Answer of(
      PlayEndpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
    String said = reason.isEmpty() ? usualReason(status) : reason;
    Answer answer =
        endpoint == PlayEndpoint.TOKEN
            ? AccessTokens.refusal(status, said, "The simulator was told to refuse")
            : Answer.json(status, body(endpoint, status, said));
    return retryAfter == null
        ? answer
        : answer.with("retry-after", Long.toString(retryAfter.plusMillis(999).toSeconds()));
  }

  private static byte[] body(PlayEndpoint endpoint, int status, String reason) {
    String domain = endpoint.isPubSub() ? "global" : "androidpublisher";
    return JsonWriter.object(root ->
        root.object(
            "error",
            error ->
                error
                    .integer("code", status)
                    .text("message", "Simulated refusal: " + reason)
                    .objects(
                        "errors",
                        List.of(reason),
                        (cause, name) -> cause.text("domain", domain).text("reason", name))
                    .text("status", canonicalStatus(status))));
  }

  private static String usualReason(int status) {
    return switch (status) {
      case 400 -> "invalid";
      case 401 -> "authError";
      case 403 -> "permissionDenied";
      case 404 -> "purchaseTokenNotFound";
      case 409 -> "concurrentUpdate";
      case 410 -> "subscriptionPurchaseNoLongerAvailable";
      case 429 -> "rateLimitExceeded";
      default -> "backendError";
    };
  }

  private static String canonicalStatus(int status) {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404, 410 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
