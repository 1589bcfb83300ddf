package org.sessionpro.protocol.onion;

import java.util.Optional;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.protocol.onion.OnionReply.ContentType;

/// The plaintext of a reply in both directions (`onion-requests.md` §8).
final class ReplyPlaintext {
  private static final String CODE = "code";
  private static final String HEADERS = "headers";
  private static final String CONTENT_TYPE = "content-type";
  private static final String ALLOW = "allow";

  private ReplyPlaintext() {}

  static byte[] write(OnionReply reply) {
    byte[] metadata =
        JsonWriter.object(json ->
            json.integer(CODE, reply.code())
                .object(
                    HEADERS,
                    headers -> {
                      headers.text(CONTENT_TYPE, reply.contentType().value());
                      reply.allow().ifPresent(allow -> headers.text(ALLOW, allow));
                    }));
    return Envelope.write(metadata, reply.body());
  }

  /// The reply; empty for any breach of §8.
  static Optional<OnionReply> read(byte[] plaintext) {
    return Envelope.read(plaintext)
        .flatMap(list -> list.body().flatMap(body -> reply(list.metadata(), body)));
  }

  private static Optional<OnionReply> reply(JsonObject metadata, ByteString body) {
    if (!(metadata.member(CODE).orElse(null) instanceof JsonValue.Int code)
        || !code.value().isWithin(200, 599)
        || !(metadata.member(HEADERS).orElse(null) instanceof JsonObject headers)) {
      return Optional.empty();
    }
    int status = (int) code.value().toLong();
    return text(headers, CONTENT_TYPE)
        .flatMap(ContentType::ofValue)
        .map(type -> new OnionReply(status, type, text(headers, ALLOW), body));
  }

  private static Optional<String> text(JsonObject headers, String name) {
    return headers
        .member(name)
        .filter(JsonValue.Text.class::isInstance)
        .map(value -> ((JsonValue.Text) value).value());
  }
}
