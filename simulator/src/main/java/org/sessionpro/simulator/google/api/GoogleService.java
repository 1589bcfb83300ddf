package org.sessionpro.simulator.google.api;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.PackageName;
import org.sessionpro.simulator.google.catalogue.ProductId;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.pubsub.MessageQueue;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Endpoint;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service;

/// Finds the endpoint of a request to Google: OAuth, Play or Pub/Sub (`google-play.md` §12.1). All but
/// the first ask for a bearer token with their scope.
public final class GoogleService implements Service {
  private static final List<String> PLAY = List.of("androidpublisher", "v3", "applications");

  private final AccessTokens tokens;
  private final PlayApi play;
  private final PubSubApi pubSub;
  private final PackageName packageName;
  private final Supplier<URI> url;

  /// What the service answers from.
  ///
  /// @param reads notes what is shown
  /// @param clock the simulated time
  public record Parts(
      PlayStore store,
      MessageQueue queue,
      AccessTokens tokens,
      ReadLog reads,
      InstantSource clock) {}

  /// How it answers.
  ///
  /// @param seed of the fields that nobody has heard of
  /// @param pullWait real time that a pull waits for a message
  public record Manner(Set<Quirk> quirks, long seed, Duration pullWait) {}

  /// @param url where this service is reached
  public GoogleService(Parts parts, Manner manner, Supplier<URI> url) {
    PlayStore store = parts.store();
    this.tokens = parts.tokens();
    this.play =
        new PlayApi(
            store, parts.clock(), new Fields(manner.quirks(), manner.seed()), parts.reads());
    this.pubSub = new PubSubApi(parts.queue(), manner.pullWait(), store::catchUp);
    this.packageName = store.catalogue().packageName();
    this.url = url;
  }

  @Override
  public Routed route(Request request) {
    List<String> path = request.segments();
    if (request.path().equals("/token") && request.method().equals("POST")) {
      return new Routed(
          PlayEndpoint.TOKEN, null, () -> tokens.grant(request, url.get().resolve("/token")));
    }
    if (path.size() > 4 && path.subList(0, 3).equals(PLAY)) {
      return routePlay(request, path.get(3), path.subList(4, path.size()));
    }
    if (request.path().startsWith("/v1/" + PubSubApi.NAME)
        && path.size() == 5
        && path.getLast().equals(PubSubApi.SUBSCRIPTION)) {
      return routePubSub(request);
    }
    return nowhere();
  }

  @Override
  public Answer refusal(
      Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
    return endpoint instanceof PlayEndpoint known
        ? ErrorBody.of(known, status, reason, retryAfter)
        : Answer.empty(status);
  }

  private Routed routePubSub(Request request) {
    return switch (request.method() + " " + request.verb()) {
      case "GET " -> subscribed(request, PlayEndpoint.QUEUE_SETTINGS, pubSub::settings);
      case "POST pull" -> subscribed(request, PlayEndpoint.PULL, () -> pubSub.pull(request));
      case "POST acknowledge" ->
          subscribed(request, PlayEndpoint.ACKNOWLEDGE_MESSAGES, () -> pubSub.acknowledge(request));
      case "POST modifyAckDeadline" ->
          subscribed(request, PlayEndpoint.MODIFY_DEADLINE, () -> pubSub.modifyDeadline(request));
      default -> nowhere();
    };
  }

  /// @param path what follows the package
  private Routed routePlay(Request request, String app, List<String> path) {
    return switch (path.getFirst()) {
      case "purchases" -> routePurchases(request, app, path);
      case "subscriptions" ->
          path.size() == 2 && isPlain(request, "GET")
              ? published(
                  request,
                  app,
                  PlayEndpoint.CATALOGUE,
                  null,
                  () -> play.product(new ProductId(path.get(1))))
              : nowhere();
      case "orders" -> path.size() == 2 ? routeOrder(request, app, path.get(1)) : nowhere();
      default -> nowhere();
    };
  }

  private static boolean isPlain(Request request, String method) {
    return request.method().equals(method) && request.verb().isEmpty();
  }

  private Routed routeOrder(Request request, String app, String order) {
    OrderId id = new OrderId(order);
    return switch (request.method() + " " + request.verb()) {
      case "GET " -> published(request, app, PlayEndpoint.ORDER, order, () -> play.order(id));
      case "POST refund" ->
          published(request, app, PlayEndpoint.REFUND, order, () -> play.refund(id, request));
      case "POST reviewrefund" ->
          published(
              request, app, PlayEndpoint.REVIEW_REFUND, order, () -> play.review(id, request));
      default -> nowhere();
    };
  }

  private Routed routePurchases(Request request, String app, List<String> path) {
    if (path.size() == 2 && path.get(1).equals("voidedpurchases") && isPlain(request, "GET")) {
      return published(request, app, PlayEndpoint.VOIDS, null, () -> play.voids(request));
    }
    boolean versionTwo = path.size() == 4 && path.get(2).equals("tokens");
    boolean versionOne = path.size() == 5 && path.get(3).equals("tokens");
    if (!versionOne && !versionTwo) {
      return nowhere();
    }
    PurchaseToken token = new PurchaseToken(path.getLast());
    return switch (request.method() + " " + path.get(1) + " " + request.verb()) {
      case "GET subscriptionsv2 " -> routeRead(request, app, token);
      case "POST subscriptionsv2 cancel" ->
          about(request, app, PlayEndpoint.CANCEL, token, () -> play.cancel(token, request));
      case "POST subscriptionsv2 defer" ->
          about(request, app, PlayEndpoint.DEFER, token, () -> play.defer(token, request));
      case "POST subscriptionsv2 revoke" ->
          about(request, app, PlayEndpoint.REVOKE, token, () -> play.revoke(token, request));
      case "POST subscriptions acknowledge" ->
          about(
              request,
              app,
              PlayEndpoint.ACKNOWLEDGE,
              token,
              () -> play.acknowledge(token, request));
      case "GET productsv2 " ->
          about(request, app, PlayEndpoint.READ_PRODUCT, token, () -> play.readProduct(token));
      case "POST products acknowledge" ->
          about(
              request,
              app,
              PlayEndpoint.ACKNOWLEDGE_PRODUCT,
              token,
              () -> play.acknowledgeProduct(token));
      default -> nowhere();
    };
  }

  private Routed routeRead(Request request, String app, PurchaseToken token) {
    Handler read = play.read(token);
    return new Routed(
        PlayEndpoint.READ,
        token.value(),
        new Handler() {
          @Override
          public Answer answer() {
            return publisher(request, app, PlayEndpoint.READ, read::answer);
          }

          @Override
          public Answer formerAnswer() {
            return publisher(request, app, PlayEndpoint.READ, read::formerAnswer);
          }
        });
  }

  private Routed about(
      Request request,
      String app,
      PlayEndpoint endpoint,
      PurchaseToken token,
      Supplier<Answer> answer) {
    return published(request, app, endpoint, token.value(), answer);
  }

  private Routed published(
      Request request,
      String app,
      PlayEndpoint endpoint,
      @Nullable String subject,
      Supplier<Answer> answer) {
    return new Routed(endpoint, subject, () -> publisher(request, app, endpoint, answer));
  }

  private Answer publisher(
      Request request, String app, PlayEndpoint endpoint, Supplier<Answer> answer) {
    return tokens
        .refuses(request, AccessTokens.PUBLISHER_SCOPE)
        .map(status -> ErrorBody.of(endpoint, status, "", null))
        .orElseGet(() ->
            app.equals(packageName.value())
                ? PlayApi.attempt(endpoint, answer)
                : ErrorBody.of(endpoint, 404, "applicationNotFound", null));
  }

  private Routed subscribed(Request request, PlayEndpoint endpoint, Supplier<Answer> answer) {
    return new Routed(
        endpoint,
        null,
        () ->
            tokens
                .refuses(request, AccessTokens.PUBSUB_SCOPE)
                .map(status -> ErrorBody.of(endpoint, status, "", null))
                .orElseGet(() -> PlayApi.attempt(endpoint, answer)));
  }

  private static Routed nowhere() {
    return new Routed(
        PlayEndpoint.NOWHERE,
        null,
        () -> ErrorBody.of(PlayEndpoint.NOWHERE, 404, "notFound", null));
  }
}
