package org.sessionpro.simulator.google.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.api.Assertion.Accepted;
import org.sessionpro.simulator.google.api.Assertion.Rejected;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

/// The OAuth server: hands out access tokens and tells whether one opens a door. It lives by the
/// system's clock. Safe for any number of threads.
public final class AccessTokens {
  static final String PUBLISHER_SCOPE = "https://www.googleapis.com/auth/androidpublisher";
  static final String PUBSUB_SCOPE = "https://www.googleapis.com/auth/pubsub";

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String BEARER = "Bearer ";
  private static final Duration LIFETIME = Duration.ofSeconds(3599);

  private final ServiceAccount account;
  private final InstantSource system;
  private final Map<String, Granted> granted = new ConcurrentHashMap<>();

  private record Granted(Set<String> scopes, Instant until) {}

  /// @param system the system's clock
  public AccessTokens(ServiceAccount account, InstantSource system) {
    this.account = account;
    this.system = system;
  }

  public ServiceAccount account() {
    return account;
  }

  /// Ends every token, as a rotation of keys would; callers must ask for new ones.
  public void revokeAll() {
    granted.clear();
  }

  /// Answers a form that asks for a token.
  Answer grant(Request request, URI tokenUri) {
    Map<String, String> form =
        Request.parameters(new String(request.body().toByteArray(), StandardCharsets.UTF_8));
    if (!GRANT.equals(form.get("grant_type"))) {
      return refusal(400, "unsupported_grant_type", "Invalid grant_type: only JWT bearer");
    }
    String jwt = form.getOrDefault("assertion", "");
    return switch (Assertion.judge(jwt, account, tokenUri, system.instant())) {
      case Rejected rejected -> refusal(400, "invalid_grant", rejected.description());
      case Accepted accepted -> Answer.json(200, token(accepted));
    };
  }

  static Answer refusal(int status, String error, String description) {
    return Answer.json(
        status,
        JsonWriter.object(
            body -> body.text("error", error).text("error_description", description)));
  }

  /// Hands out a token without being asked properly, to callers in the same process.
  ///
  /// @return what goes into the header `authorization`
  public String grantAll() {
    return BEARER + issue(Set.of(PUBLISHER_SCOPE, PUBSUB_SCOPE));
  }

  private String issue(Set<String> scopes) {
    String token = "ya29." + UUID.randomUUID();
    granted.put(token, new Granted(scopes, system.instant().plus(LIFETIME)));
    return token;
  }

  private byte[] token(Accepted accepted) {
    String token = issue(accepted.scopes());
    return JsonWriter.object(body ->
        body.text("access_token", token)
            .integer("expires_in", LIFETIME.toSeconds())
            .text("token_type", "Bearer"));
  }

  /// The status with which a call is refused; empty if it may go on.
  Optional<Integer> refuses(Request request, String scope) {
    Granted found =
        request.authorization().startsWith(BEARER)
            ? granted.get(request.authorization().substring(BEARER.length()))
            : null;
    if (found == null || !found.until().isAfter(system.instant())) {
      return Optional.of(401);
    }
    return found.scopes().contains(scope) ? Optional.empty() : Optional.of(403);
  }
}
