package org.sessionpro.protocol.v0;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;

/// How the old service made its tags out of a counter (`wire-v0.md` §4): BLAKE2b-256, unkeyed, salted
/// per instance, no personalisation, over the counter as u64 little-endian.
///
/// Nothing new is made this way: tags are drawn at random. It carries over the proofs that the old
/// service issued.
public final class GenIndexHash {
  /// Length of the salt of an instance in bytes.
  public static final int SALT_SIZE = 16;

  private GenIndexHash() {}

  /// The tag under which generation `genIndex` of an instance is known to its clients.
  ///
  /// @param salt [#SALT_SIZE] bytes
  /// @param genIndex 0 to 2⁶³ − 1
  public static RevocationTag of(Crypto crypto, ByteString salt, long genIndex) {
    salt.requireSize(SALT_SIZE);
    byte[] index =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(genIndex).array();
    return new RevocationTag(
        ByteString.of(crypto.blake2b256(Blake2bParameters.salted(salt), index)));
  }
}
