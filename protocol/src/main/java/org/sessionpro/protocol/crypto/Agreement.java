package org.sessionpro.protocol.crypto;

import java.util.Optional;
import org.sessionpro.protocol.ByteString;

/// An X25519 key pair that a library has imported; from [Crypto#agreement(AgreementKey)]. Safe for any
/// number of threads.
public interface Agreement {
  /// 32 bytes.
  ByteString publicKey();

  /// X25519 of our private and the peer's public key (RFC 7748): 32 bytes. Empty if the shared secret is
  /// all zero, which it is for every `peer` of small order.
  ///
  /// @param peer 32 bytes; bit 255 is masked, a non-canonical `u` accepted
  /// @throws IllegalArgumentException if it has another length
  Optional<byte[]> with(byte[] peer);
}
