package org.sessionpro.protocol.v0;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;

/// What a v0 client hands to Google Play with a purchase, so that the purchase can be traced to its
/// account without naming it: SHA-256 of the 32 bytes of the master key (`wire-v0.md` §6.2).
///
/// @param bytes 32 bytes; 64 hex digits in Google's records
public record ObfuscatedAccountId(ByteString bytes) {
  public ObfuscatedAccountId {
    bytes.requireSize(32);
  }

  /// The id of the purchases of `master`.
  public static ObfuscatedAccountId of(MasterKey master) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return new ObfuscatedAccountId(ByteString.of(sha256.digest(master.bytes().toByteArray())));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// 64 lower-case hex digits.
  public String hex() {
    return bytes.hex();
  }

  @Override
  public String toString() {
    return "ObfuscatedAccountId(hidden)";
  }
}
