package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;

/// A request for a proof: the account and the key that the proof is for sign the same message.
public sealed interface SignedByBoth extends V0Request
    permits AddProPaymentRequest, GenerateProProofRequest {
  /// The account.
  MasterKey master();

  /// The key that the proof is for.
  RotatingKey rotating();

  Signature masterSignature();

  Signature rotatingSignature();

  /// What both keys sign.
  V0Message message();

  /// The 32 bytes that both keys sign.
  default byte[] digest(Crypto crypto) {
    return message().digest(crypto);
  }

  /// Checks both signatures, the master's first, then the keys.
  default Authenticity authenticity(Crypto crypto, BackendKey backend) {
    byte[] digest = digest(crypto);
    if (!crypto.verify(master(), digest, masterSignature())) {
      return Authenticity.BAD_MASTER_SIGNATURE;
    }
    if (!crypto.verify(rotating(), digest, rotatingSignature())) {
      return Authenticity.BAD_ROTATING_SIGNATURE;
    }
    if (master().bytes().equals(rotating().bytes())) {
      return Authenticity.SAME_KEYS;
    }
    if (master().bytes().equals(backend.bytes()) || rotating().bytes().equals(backend.bytes())) {
      return Authenticity.BACKEND_KEY;
    }
    return masterSignature().equals(rotatingSignature())
        ? Authenticity.SAME_SIGNATURES
        : Authenticity.AUTHENTIC;
  }
}
