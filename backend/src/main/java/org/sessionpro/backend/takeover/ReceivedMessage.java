package org.sessionpro.backend.takeover;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.sessionpro.backend.takeover.source.SourceMessage;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// What Google's queue delivered, as the Python service kept it (`import-python.md` §2.5, §3.6).
final class ReceivedMessage {
  /// Of the types of subscription notifications.
  private static final JsonValue REVOKED = new JsonValue.Int(DecimalInteger.of(12));

  private ReceivedMessage() {}

  /// The notification inside; empty if it cannot be read.
  static Optional<ByteString> content(SourceMessage.Google message) {
    try {
      JsonObject received = object(message.payload());
      JsonObject inner =
          received.member("message").orElse(received) instanceof JsonObject nested
              ? nested
              : received;
      return inner.member("data").orElse(null) instanceof JsonValue.Text(String data)
          ? Optional.of(decoded(data))
          : Optional.empty();
    } catch (BadRequest | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /// The purchase token that a notification revokes; empty if it says anything else.
  static Optional<String> revoked(SourceMessage.Google message) {
    try {
      return content(message)
          .map(text -> JsonObject.parse(text.toByteArray()))
          .flatMap(notification -> notification.member("subscriptionNotification"))
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast)
          .filter(body -> body.member("notificationType").filter(REVOKED::equals).isPresent())
          .flatMap(body -> body.member("purchaseToken"))
          .filter(JsonValue.Text.class::isInstance)
          .map(token -> ((JsonValue.Text) token).value())
          .filter(token -> !token.isEmpty());
    } catch (BadRequest unreadable) {
      return Optional.empty();
    }
  }

  /// The text itself, or its base64.
  private static ByteString decoded(String data) {
    byte[] text = data.getBytes(StandardCharsets.UTF_8);
    try {
      object(data);
      return ByteString.of(text);
    } catch (BadRequest encoded) {
      return ByteString.of(Base64.getDecoder().decode(text));
    }
  }

  private static JsonObject object(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
