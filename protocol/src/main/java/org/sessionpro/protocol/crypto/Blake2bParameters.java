package org.sessionpro.protocol.crypto;

import java.nio.charset.StandardCharsets;
import org.sessionpro.protocol.ByteString;

/// What a BLAKE2b digest is tied to besides its message.
///
/// @param key empty, or 1 to 64 bytes
/// @param salt empty, or exactly 16 bytes
/// @param personalisation empty, or exactly 16 bytes
public record Blake2bParameters(ByteString key, ByteString salt, ByteString personalisation) {
  private static final ByteString EMPTY = ByteString.of(new byte[0]);

  /// No key, no salt, no personalisation.
  public static final Blake2bParameters PLAIN = new Blake2bParameters(EMPTY, EMPTY, EMPTY);

  public Blake2bParameters {
    if (key.size() > 64) {
      throw new IllegalArgumentException("a BLAKE2b key has at most 64 bytes");
    }
    if (salt.size() != 0) {
      salt.requireSize(16);
    }
    if (personalisation.size() != 0) {
      personalisation.requireSize(16);
    }
  }

  /// Unkeyed and unsalted, for one purpose.
  ///
  /// @param personalisation exactly 16 ASCII characters
  public static Blake2bParameters personalised(String personalisation) {
    return new Blake2bParameters(
        EMPTY, EMPTY, ByteString.of(personalisation.getBytes(StandardCharsets.US_ASCII)));
  }

  /// Salted only.
  ///
  /// @param salt 16 bytes
  public static Blake2bParameters salted(ByteString salt) {
    return new Blake2bParameters(EMPTY, salt, EMPTY);
  }

  /// Keyed only.
  ///
  /// @param key 1 to 64 bytes
  public static Blake2bParameters keyed(ByteString key) {
    return new Blake2bParameters(key, EMPTY, EMPTY);
  }
}
