package org.sessionpro.protocol;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The ids that the stores attach to a purchase, derived from the master key that may claim it.
///
/// | store | id | derivation |
/// |---|---|---|
/// | Google Play, v1 clients | 64 hex digits | the master key itself (`entitlement.md` §3) |
/// | Google Play, v0 clients | 64 hex digits | SHA-256 of the 32 key bytes (`wire-v0.md` §6.2) |
/// | App Store | UUID | first 16 key bytes; version 4 and the RFC 9562 variant forced into octets 6 and 8 (`entitlement.md` §3) |
///
/// They name an account as surely as its key does, so they are not printed in clear.
///
/// @param googleKey the obfuscated account id of v1 clients, 32 bytes
/// @param googleKeyHash the obfuscated account id of v0 clients, 32 bytes
/// @param appleToken the app account token
public record StoreBindings(ByteString googleKey, ByteString googleKeyHash, UUID appleToken) {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_MASK = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

  public StoreBindings {
    googleKey.requireSize(32);
    googleKeyHash.requireSize(32);
  }

  /// The ids under which purchases of `key`'s owner are known.
  public static StoreBindings of(MasterKey key) {
    byte[] bytes = key.bytes().toByteArray();
    return new StoreBindings(key.bytes(), ByteString.of(sha256(bytes)), appleToken(bytes));
  }

  private static UUID appleToken(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key);
    long high = (bytes.getLong() & ~VERSION_MASK) | VERSION_4;
    long low = (bytes.getLong() & ~VARIANT_MASK) | VARIANT;
    return new UUID(high, low);
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "StoreBindings(hidden)";
  }
}
