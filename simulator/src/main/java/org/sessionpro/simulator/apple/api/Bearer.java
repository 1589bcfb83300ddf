package org.sessionpro.simulator.apple.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.simulator.apple.catalogue.BundleId;

/// The signed statement by which a server identifies itself with each request (`app-store.md` §1.5).
///
/// Its times are the system's, because the libraries that sign it know no other clock
/// (`decisions-stores.md` §7).
final class Bearer {
  private static final String SCHEME = "Bearer ";
  private static final String AUDIENCE = "appstoreconnect-v1";
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private final ApiKey key;
  private final BundleId bundle;

  Bearer(ApiKey key, BundleId bundle) {
    this.key = key;
    this.bundle = bundle;
  }

  /// Whether the header `authorization` holds one that is good now.
  boolean admits(String authorization, Instant systemTime) {
    if (!authorization.startsWith(SCHEME)) {
      return false;
    }
    String[] parts = authorization.substring(SCHEME.length()).split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      return isOurs(decoded(parts[0]), decoded(parts[1]), systemTime)
          && key.verifies(parts[0] + "." + parts[1], Base64.getUrlDecoder().decode(parts[2]));
    } catch (BadRequest | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static JsonObject decoded(String part) {
    return JsonObject.parse(Base64.getUrlDecoder().decode(part));
  }

  private boolean isOurs(JsonObject header, JsonObject claims, Instant now) {
    Instant expires = instant(claims, "exp");
    return text(header, "alg").equals("ES256")
        && text(header, "kid").equals(ApiKey.ID)
        && text(claims, "iss").equals(ApiKey.ISSUER)
        && text(claims, "aud").equals(AUDIENCE)
        && text(claims, "bid").equals(bundle.value())
        && expires.isAfter(now.minus(CLOCK_TOLERANCE))
        && !expires.isAfter(now.plus(LONGEST).plus(CLOCK_TOLERANCE));
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
