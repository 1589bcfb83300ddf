package org.sessionpro.protocol.onion;

import java.util.Base64;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;

/// The three spellings of the `ephemeral_key` member (`onion-requests.md` §3): 64 hex digits of
/// either case, base64 with or without its one `=`, z-base-32. The 32 bytes are kept as received.
final class EphemeralKey {
  private static final int SIZE = 32;
  private static final int HEX_DIGITS = 64;
  private static final int BASE64_CHARACTERS = 43;
  private static final int Z_BASE_32_CHARACTERS = 52;
  private static final String Z_BASE_32 = "ybndrfg8ejkmcpqxot1uwisza345h769";

  private EphemeralKey() {}

  /// The 32 bytes that `text` spells, if it is one of the three forms.
  static Optional<ByteString> parse(String text) {
    return switch (text.length()) {
      case HEX_DIGITS -> parseHex(text);
      case BASE64_CHARACTERS -> parseBase64(text + "=");
      case BASE64_CHARACTERS + 1 -> parseBase64(text);
      case Z_BASE_32_CHARACTERS -> parseZBase32(text);
      default -> Optional.empty();
    };
  }

  private static Optional<ByteString> parseHex(String text) {
    try {
      return Optional.of(ByteString.fromHex(text));
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  /// The decoder tolerates surplus bits at the end, so the text must also be what it encodes to.
  private static Optional<ByteString> parseBase64(String padded) {
    try {
      byte[] key = Base64.getDecoder().decode(padded);
      return key.length == SIZE && Base64.getEncoder().encodeToString(key).equals(padded)
          ? Optional.of(ByteString.of(key))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /// 52 characters of 5 bits, the first the highest; the last 4 of the 260 bits must be zero.
  private static Optional<ByteString> parseZBase32(String text) {
    byte[] key = new byte[SIZE + 1];
    for (int i = 0; i < Z_BASE_32_CHARACTERS; i++) {
      int value = Z_BASE_32.indexOf(text.charAt(i));
      if (value < 0) {
        return Optional.empty();
      }
      int bit = 5 * i;
      int shifted = value << (11 - bit % 8);
      key[bit / 8] |= (byte) (shifted >> 8);
      key[bit / 8 + 1] |= (byte) shifted;
    }
    return key[SIZE] == 0 ? Optional.of(ByteString.of(key, 0, SIZE)) : Optional.empty();
  }
}
