package org.sessionpro.protocol.crypto;

/// The two authenticated ciphers of the contract; both have 32-byte keys and 16-byte tags.
public enum Aead {
  /// XChaCha20-Poly1305 (IETF draft), 24-byte nonce.
  XCHACHA20_POLY1305(24),
  /// AES-256-GCM, 12-byte nonce, 128-bit tag.
  AES_256_GCM(12);

  /// Length of an authentication tag in bytes.
  public static final int TAG_SIZE = 16;

  private final int nonceSize;

  Aead(int nonceSize) {
    this.nonceSize = nonceSize;
  }

  /// Length of a nonce in bytes.
  public int nonceSize() {
    return nonceSize;
  }
}
