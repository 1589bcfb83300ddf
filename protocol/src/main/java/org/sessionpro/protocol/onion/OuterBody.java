package org.sessionpro.protocol.onion;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.protocol.onion.OnionRejected.Stage;

/// The body of `POST /oxen/v4/lsrpc`, taken apart and not yet opened (`onion-requests.md` §3).
///
/// | bytes | content |
/// |---|---|
/// | 0…3 | N, unsigned, little endian |
/// | 4…4+N | C = nonce ‖ ciphertext ‖ tag |
/// | rest | one JSON object |
///
/// @param length N
/// @param ephemeralKey the client's X25519 key, 32 bytes as received
/// @param aead the cipher of C and of the reply
record OuterBody(int length, ByteString ephemeralKey, Aead aead) {
  /// Where C starts.
  static final int OFFSET = 4;

  private static final String EPHEMERAL_KEY = "ephemeral_key";

  /// Checks in the order of their cost (§10).
  ///
  /// @throws OnionRejected for every breach of §3, and for a C that is too short for §5
  static OuterBody parse(byte[] bytes) {
    if (bytes.length < OFFSET) {
      throw new OnionRejected(Stage.FRAMING);
    }
    int remaining = bytes.length - OFFSET;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (Integer.compareUnsigned(length, remaining) > 0) {
      throw new OnionRejected(Stage.FRAMING);
    }
    JsonObject outer = parseJson(bytes, OFFSET + length, remaining - length);
    Aead aead = EncType.of(outer).orElseThrow(() -> new OnionRejected(Stage.METADATA));
    ByteString ephemeralKey = parseEphemeralKey(outer);
    if (length < aead.nonceSize() + Aead.TAG_SIZE) {
      throw new OnionRejected(Stage.CRYPTO);
    }
    return new OuterBody(length, ephemeralKey, aead);
  }

  private static JsonObject parseJson(byte[] bytes, int offset, int length) {
    try {
      return JsonObject.parse(bytes, offset, length);
    } catch (BadRequest notOneObject) {
      throw new OnionRejected(Stage.FRAMING);
    }
  }

  private static ByteString parseEphemeralKey(JsonObject outer) {
    if (outer.member(EPHEMERAL_KEY).orElse(null) instanceof JsonValue.Text text) {
      return EphemeralKey.parse(text.value()).orElseThrow(() -> new OnionRejected(Stage.METADATA));
    }
    throw new OnionRejected(Stage.METADATA);
  }

  /// Writes what [#parse] reads.
  static byte[] write(byte[] sealed, ByteString ephemeralKey, Aead aead) {
    byte[] json =
        JsonWriter.object(outer ->
            outer.text(EPHEMERAL_KEY, ephemeralKey.hex()).text(EncType.MEMBER, EncType.name(aead)));
    return ByteBuffer.allocate(OFFSET + sealed.length + json.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(sealed.length)
        .put(sealed)
        .put(json)
        .array();
  }
}
