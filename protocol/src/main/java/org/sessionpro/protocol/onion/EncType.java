package org.sessionpro.protocol.onion;

import java.util.Optional;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The `enc_type` member (`onion-requests.md` §3): how a request is encrypted, and its reply.
///
/// | value | cipher |
/// |---|---|
/// | absent, `aes-gcm`, `gcm` | AES-256-GCM |
/// | `xchacha20`, `xchacha20-poly1305` | XChaCha20-Poly1305 |
final class EncType {
  static final String MEMBER = "enc_type";

  private EncType() {}

  /// The cipher that the outer object names; empty for any other value, also `null`.
  static Optional<Aead> of(JsonObject outer) {
    Optional<JsonValue> value = outer.member(MEMBER);
    if (value.isEmpty()) {
      return Optional.of(Aead.AES_256_GCM);
    }
    if (!(value.get() instanceof JsonValue.Text text)) {
      return Optional.empty();
    }
    return switch (text.value()) {
      case "aes-gcm", "gcm" -> Optional.of(Aead.AES_256_GCM);
      case "xchacha20", "xchacha20-poly1305" -> Optional.of(Aead.XCHACHA20_POLY1305);
      default -> Optional.empty();
    };
  }

  /// The value that released clients send.
  static String name(Aead aead) {
    return switch (aead) {
      case AES_256_GCM -> "aes-gcm";
      case XCHACHA20_POLY1305 -> "xchacha20";
    };
  }
}
