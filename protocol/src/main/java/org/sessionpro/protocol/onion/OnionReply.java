package org.sessionpro.protocol.onion;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;

/// The answer inside an onion reply (`onion-requests.md` §8). The body is never printed.
///
/// @param code HTTP status, 200 to 599
/// @param allow value of the `allow` header, for code 405
/// @param body any bytes
public record OnionReply(
    int code, ContentType contentType, Optional<String> allow, ByteString body) {
  /// Decrypted, but not a request (§6).
  public static final OnionReply MALFORMED = text(400, "Invalid v4 onion request");

  /// The three content types that every client understands; desktop compares the whole string.
  public enum ContentType {
    JSON("application/json"),
    TEXT("text/plain; charset=utf-8"),
    OCTETS("application/octet-stream");

    private final String value;

    ContentType(String value) {
      this.value = value;
    }

    /// The value of the `content-type` header.
    public String value() {
      return value;
    }

    /// The type of exactly that header value.
    public static Optional<ContentType> ofValue(String value) {
      return Arrays.stream(values()).filter(type -> type.value.equals(value)).findFirst();
    }
  }

  public OnionReply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("not a final HTTP status: " + code);
    }
  }

  /// An answer of the Pro routes, code 200.
  public static OnionReply json(ByteString body) {
    return new OnionReply(200, ContentType.JSON, Optional.empty(), body);
  }

  /// A short text, for everything but the answers of an endpoint.
  public static OnionReply text(int code, String text) {
    return new OnionReply(code, ContentType.TEXT, Optional.empty(), utf8(text));
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "OnionReply(" + code + ", " + body + ")";
  }
}
