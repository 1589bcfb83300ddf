package org.sessionpro.protocol.onion;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The headers that a sub-request may bring along (`onion-requests.md` §6, §7).
///
/// Left out are the names by which a server could be told a host, an address, a scheme, a length or
/// an identity: an onion request has none, and its sender must not be able to make one up. Values
/// that are not strings are left out too.
final class OnionHeaders {
  private static final Set<String> REFUSED =
      Set.of(
          "host",
          "forwarded",
          "x-real-ip",
          "connection",
          "transfer-encoding",
          "upgrade",
          "cookie",
          "authorization",
          "content-length");

  private static final String REFUSED_PREFIX = "x-forwarded-";

  private OnionHeaders() {}

  /// By lower-case name; of names that differ only in case the last one counts.
  static Map<String, String> of(JsonObject headers) {
    Map<String, String> kept = new HashMap<>();
    for (String name : headers.names()) {
      String lower = Ascii.lowerCase(name);
      if (isAllowed(lower) && headers.member(name).orElseThrow() instanceof JsonValue.Text text) {
        kept.put(lower, text.value());
      }
    }
    return kept;
  }

  private static boolean isAllowed(String lowerCaseName) {
    return !REFUSED.contains(lowerCaseName) && !lowerCaseName.startsWith(REFUSED_PREFIX);
  }
}
