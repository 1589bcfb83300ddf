package org.sessionpro.backend.takeover;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;

/// Makes the handle of a generation out of its number, as the Python service of March 2026 does
/// (`import-python.md` §2.6): it is inside every proof in circulation.
final class GenerationHandle {
  private final Crypto crypto;
  private final Blake2bParameters salted;

  /// @param salt 16 bytes; a secret
  GenerationHandle(Crypto crypto, ByteString salt) {
    this.crypto = crypto;
    this.salted = Blake2bParameters.salted(salt);
  }

  RevocationTag of(long index) {
    byte[] message =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(index).array();
    return new RevocationTag(ByteString.of(crypto.blake2b256(salted, message)));
  }
}
