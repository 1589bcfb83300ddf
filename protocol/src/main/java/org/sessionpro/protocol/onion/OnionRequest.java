package org.sessionpro.protocol.onion;

import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;

/// The sub-request inside an onion request (`onion-requests.md` §6). Never printed.
///
/// @param method upper case
/// @param path starts with `/`; neither percent-decoded nor normalised, so it is compared as it is
/// @param query what follows the first `?`, raw; may be present and empty
/// @param headers by lower-case name. Of a received request only what describes its content: nothing
///     that claims a fact about the connection or the client ([OnionHeaders])
/// @param body any bytes, empty if absent
public record OnionRequest(
    String method,
    String path,
    Optional<String> query,
    Map<String, String> headers,
    ByteString body) {
  public OnionRequest {
    if (!path.startsWith("/") || path.contains("?")) {
      throw new IllegalArgumentException("a path starts with a slash and holds no question mark");
    }
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "OnionRequest(hidden)";
  }
}
