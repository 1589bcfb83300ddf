package org.sessionpro.simulator.apple.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.delivery.NotificationLog;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.pki.Ocsp;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.StoreRefusal;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Endpoint;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service;

/// Finds the endpoint of a request to the App Store: its Server API, all of which asks for a bearer, or
/// the responder for its certificates, which asks for none.
public final class AppleService implements Service {
  /// Where the responder is.
  public static final String OCSP_PATH = "/ocsp";

  private static final String NO_BODY = "none";

  private final Parts parts;
  private final Bearer bearer;
  private final ServerApi api;

  /// What the service answers from.
  ///
  /// @param clock the simulated time
  /// @param system the system's clock, by which bearers live
  public record Parts(
      AppStore store,
      NotificationLog log,
      Documents documents,
      ApiKey key,
      Ocsp ocsp,
      InstantSource clock,
      InstantSource system) {}

  public AppleService(Parts parts) {
    this.parts = parts;
    this.bearer = new Bearer(parts.key(), parts.documents().catalogue().bundle());
    this.api = new ServerApi(parts.store(), parts.log(), parts.documents(), parts.clock());
  }

  /// What it tells of the past.
  public NotificationHistory notifications() {
    return api.notifications();
  }

  /// The transactions of which a server told something about their use.
  public List<TransactionId> consumptions() {
    return api.consumptions();
  }

  @Override
  public Routed route(Request request) {
    if (request.path().equals(OCSP_PATH) || request.path().startsWith(OCSP_PATH + "/")) {
      return new Routed(AppleEndpoint.OCSP, null, () -> ocsp(request));
    }
    List<String> path = request.segments();
    return path.size() > 3 && path.getFirst().equals("inApps") && path.get(1).matches("v[12]")
        ? route(request, path.subList(2, path.size()))
        : nowhere();
  }

  /// @param path what follows the version
  private Routed route(Request request, List<String> path) {
    String method = request.method() + " ";
    String last = path.getLast();
    return switch (method + path.getFirst() + " " + path.size()) {
      case "GET subscriptions 2" ->
          about(AppleEndpoint.STATUSES, last, request, api.statuses(last, request));
      case "GET history 2" ->
          about(AppleEndpoint.HISTORY, last, request, api.history(last, request));
      case "GET transactions 2" ->
          about(AppleEndpoint.TRANSACTION, last, request, api.transaction(last));
      case "PUT transactions 3" -> routeChange(request, path);
      case "GET refund 3" ->
          about(AppleEndpoint.REFUNDS, last, request, api.refunds(last, request));
      case "POST notifications 2" -> routeNotifications(request, last);
      case "GET notifications 3" ->
          admitted(AppleEndpoint.TEST_STATUS, null, request, api.testStatus(last));
      default -> nowhere();
    };
  }

  private Routed routeChange(Request request, List<String> path) {
    if (path.getLast().equals("appAccountToken")) {
      String original = path.get(1);
      return about(AppleEndpoint.SET_TOKEN, original, request, api.setToken(original, request));
    }
    return path.get(1).equals("consumption")
        ? about(AppleEndpoint.CONSUMPTION, path.getLast(), request, api.consumption(path.getLast()))
        : nowhere();
  }

  private Routed routeNotifications(Request request, String what) {
    return switch (what) {
      case "history" ->
          admitted(
              AppleEndpoint.NOTIFICATION_HISTORY, null, request, api.notificationHistory(request));
      case "test" -> admitted(AppleEndpoint.REQUEST_TEST, null, request, api.requestTest());
      default -> nowhere();
    };
  }

  /// @param any a transaction of what it is about
  private Routed about(AppleEndpoint endpoint, String any, Request request, Handler handler) {
    return admitted(endpoint, original(any), request, handler);
  }

  private String original(String any) {
    try {
      return parts.store().subscription(new TransactionId(any)).original().value();
    } catch (StoreRefusal unknown) {
      return any;
    }
  }

  private Routed admitted(
      AppleEndpoint endpoint, @Nullable String subject, Request request, Handler handler) {
    return new Routed(
        endpoint,
        subject,
        new Handler() {
          @Override
          public Answer answer() {
            return isAdmitted(request) ? handler.answer() : unauthenticated();
          }

          @Override
          public Answer formerAnswer() {
            return isAdmitted(request) ? handler.formerAnswer() : unauthenticated();
          }
        });
  }

  private boolean isAdmitted(Request request) {
    return bearer.admits(request.authorization(), parts.system().instant());
  }

  /// The only error that is no JSON.
  private static Answer unauthenticated() {
    return Answer.text(401, "Unauthenticated\n\nRequest ID: SIMULATED.0.0\n");
  }

  private Answer ocsp(Request request) {
    try {
      byte[] asked =
          request.method().equals("POST")
              ? request.body().toByteArray()
              : Base64.getDecoder().decode(encodedInPath(request));
      return new Answer(
          200,
          Map.of("content-type", "application/ocsp-response"),
          ByteString.of(parts.ocsp().answer(asked)));
    } catch (IllegalArgumentException malformed) {
      return Answer.empty(400);
    }
  }

  private static String encodedInPath(Request request) {
    String encoded =
        request.path().substring(Math.min(request.path().length(), OCSP_PATH.length() + 1));
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public Answer refusal(
      Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
    if (status == 401) {
      return unauthenticated();
    }
    Answer refused =
        endpoint == AppleEndpoint.OCSP || reason.equals(NO_BODY)
            ? Answer.empty(status)
            : ApiError.of(reason).orElseGet(() -> usual(status)).answer(status);
    if (retryAfter == null) {
      return refused;
    }
    // The store says when, in milliseconds, not how long (`app-store.md` §1.5).
    Instant when = parts.clock().instant().plus(retryAfter);
    return refused.with("retry-after", Long.toString(when.toEpochMilli()));
  }

  private static ApiError usual(int status) {
    return switch (status) {
      case 404 -> ApiError.TRANSACTION_NOT_FOUND;
      case 429 -> ApiError.RATE_LIMIT_EXCEEDED;
      default -> status >= 500 ? ApiError.GENERAL_INTERNAL : ApiError.GENERAL_BAD_REQUEST;
    };
  }

  private static Routed nowhere() {
    return new Routed(AppleEndpoint.NOWHERE, null, ApiError.NOT_FOUND::answer);
  }
}
