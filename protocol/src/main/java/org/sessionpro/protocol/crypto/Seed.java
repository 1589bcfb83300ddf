package org.sessionpro.protocol.crypto;

import java.security.SecureRandom;
import org.sessionpro.protocol.ByteString;

/// A private Ed25519 seed, 32 secret bytes (RFC 8032). Never printed.
public record Seed(ByteString bytes) {
  /// Length in bytes.
  public static final int SIZE = 32;

  public Seed {
    bytes.requireSize(SIZE);
  }

  /// Reads 64 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static Seed fromHex(String hex) {
    return new Seed(ByteString.fromHex(hex));
  }

  /// Draws a new seed.
  public static Seed random(SecureRandom random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new Seed(ByteString.of(bytes));
  }

  @Override
  public String toString() {
    return "Seed(hidden)";
  }
}
