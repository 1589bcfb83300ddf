package org.sessionpro.protocol.onion;

import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.json.JsonWriter;

/// The plaintext of a request in both directions (`onion-requests.md` §6).
final class RequestPlaintext {
  private static final String METHOD = "method";
  private static final String ENDPOINT = "endpoint";
  private static final String HEADERS = "headers";
  private static final ByteString NO_BODY = ByteString.of(new byte[0]);

  private RequestPlaintext() {}

  /// The sub-request; empty for any breach of §6.
  static Optional<OnionRequest> read(byte[] plaintext) {
    return Envelope.read(plaintext)
        .flatMap(list -> request(list.metadata(), list.body().orElse(NO_BODY)));
  }

  private static Optional<OnionRequest> request(JsonObject metadata, ByteString body) {
    if (!(metadata.member(METHOD).orElse(null) instanceof JsonValue.Text method)
        || !(metadata.member(ENDPOINT).orElse(null) instanceof JsonValue.Text endpoint)
        || !endpoint.value().startsWith("/")) {
      return Optional.empty();
    }
    return headers(metadata)
        .map(headers -> {
          String target = endpoint.value();
          int mark = target.indexOf('?');
          return new OnionRequest(
              Ascii.upperCase(method.value()),
              mark < 0 ? target : target.substring(0, mark),
              mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1)),
              headers,
              body);
        });
  }

  private static Optional<Map<String, String>> headers(JsonObject metadata) {
    Optional<JsonValue> member = metadata.member(HEADERS);
    if (member.isEmpty()) {
      return Optional.of(Map.of());
    }
    return member.get() instanceof JsonObject headers
        ? Optional.of(OnionHeaders.of(headers))
        : Optional.empty();
  }

  /// Writes what [#read] reads.
  static byte[] write(OnionRequest request) {
    String endpoint = request.path() + request.query().map(query -> "?" + query).orElse("");
    byte[] metadata =
        JsonWriter.object(json ->
            json.text(METHOD, request.method())
                .text(ENDPOINT, endpoint)
                .object(HEADERS, headers -> request.headers().forEach(headers::text)));
    return Envelope.write(metadata, request.body());
  }
}
