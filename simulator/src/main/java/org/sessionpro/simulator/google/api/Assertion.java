package org.sessionpro.simulator.google.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// What became of the signed statement by which a service account asks for an access token
/// (RFC 7523).
///
/// Its times are the system's, because the libraries that sign it know no other clock
/// (`decisions-stores.md` §7).
sealed interface Assertion {
  /// It is good for these scopes.
  record Accepted(Set<String> scopes) implements Assertion {}

  /// It is not accepted, for the reason given in OAuth's words.
  record Rejected(String description) implements Assertion {}

  /// What Google's libraries name as the audience wherever they send it.
  String GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token";

  Duration LONGEST = Duration.ofHours(1);
  Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  static Assertion judge(String jwt, ServiceAccount account, URI tokenUri, Instant systemTime) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return new Rejected("Invalid JWT: it must have three parts");
    }
    try {
      JsonObject header = decoded(parts[0]);
      JsonObject claims = decoded(parts[1]);
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      return fault(header, claims, account, tokenUri, systemTime)
          .<Assertion>map(Rejected::new)
          .orElseGet(() ->
              account.verifies(parts[0] + "." + parts[1], signature)
                  ? new Accepted(scopes(claims))
                  : new Rejected("Invalid JWT Signature"));
    } catch (BadRequest | IllegalArgumentException malformed) {
      return new Rejected("Invalid JWT: " + malformed.getMessage());
    }
  }

  private static JsonObject decoded(String part) {
    return JsonObject.parse(Base64.getUrlDecoder().decode(part));
  }

  /// What is wrong with it; empty if nothing is.
  private static Optional<String> fault(
      JsonObject header, JsonObject claims, ServiceAccount account, URI uri, Instant now) {
    if (!text(header, "alg").equals("RS256") || !text(header, "kid").equals(account.keyId())) {
      return Optional.of("Invalid JWT: it must be signed by the account's key with RS256");
    }
    if (!text(claims, "iss").equals(account.clientEmail())) {
      return Optional.of("Invalid grant: account not found");
    }
    String audience = text(claims, "aud");
    if (!audience.equals(GOOGLE_AUDIENCE) && !audience.equals(uri.toString())) {
      return Optional.of("Invalid JWT: Failed audience check");
    }
    Instant issued = instant(claims, "iat");
    Instant expires = instant(claims, "exp");
    boolean current =
        !issued.isAfter(now.plus(CLOCK_TOLERANCE))
            && expires.isAfter(now.minus(CLOCK_TOLERANCE))
            && !expires.isAfter(issued.plus(LONGEST));
    if (!current) {
      return Optional.of(
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe");
    }
    return scopes(claims).isEmpty()
        ? Optional.of("Invalid OAuth scope or ID token audience provided")
        : Optional.empty();
  }

  private static Set<String> scopes(JsonObject claims) {
    String scope = text(claims, "scope");
    return scope.isBlank() ? Set.of() : Set.of(scope.strip().split(" +"));
  }

  private static String text(JsonObject object, String name) {
    return object.member(name).orElse(null) instanceof JsonValue.Text text ? text.value() : "";
  }

  private static Instant instant(JsonObject object, String name) {
    return object.member(name).orElse(null) instanceof JsonValue.Int seconds
        ? Instant.ofEpochSecond(seconds.value().clamp(0, Integer.MAX_VALUE))
        : Instant.EPOCH;
  }
}
