package org.sessionpro.bench.load;

import java.security.SecureRandom;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Agreement;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// The server's cryptography of one request, and nothing else:
///
/// | request | Ed25519 | BLAKE2b in v0 |
/// |---|---|---|
/// | proof, add | 2 verify, 1 sign | 2 |
/// | status, details | 1 verify | 1 |
/// | revocations, poll | none | none |
///
/// An onion adds X25519, the derivation of its key, one opening and one sealing.
final class RequestCrypto {
  /// A v1 proof request's; the other messages are a little shorter.
  private static final int MESSAGE_SIZE = 90;

  /// Plaintexts of a proof request and of its answer, about.
  private static final int ONION_REQUEST_SIZE = 620;

  private static final int ONION_REPLY_SIZE = 500;

  private static final Aead AEAD = Aead.XCHACHA20_POLY1305;
  private static final byte[] NONE = {};

  private final Crypto crypto;
  private final Workload workload;
  private final int verifications;
  private final int signatures;

  private final byte[] message = new byte[MESSAGE_SIZE];
  private final SigningKey key;
  private final MasterKey publicKey;
  private final Signature signature;

  private final Agreement onionKey;
  private final byte[] peer;
  private final byte[] symmetricKey = new byte[32];
  private final byte[] nonce = new byte[AEAD.nonceSize()];
  private final byte[] sealed;
  private final byte[] reply = new byte[ONION_REPLY_SIZE];

  RequestCrypto(Workload workload, Crypto crypto) {
    SecureRandom random = new SecureRandom();
    this.crypto = crypto;
    this.workload = workload;
    this.verifications =
        switch (workload.operation()) {
          case PROOF, ADD -> 2;
          case STATUS, DETAILS -> 1;
          case REVOCATIONS, POLL -> 0;
        };
    this.signatures = verifications == 2 ? 1 : 0;
    this.key = crypto.signingKey(Seed.random(random));
    this.publicKey = new MasterKey(key.publicKey());
    this.signature = key.sign(message);
    this.onionKey = crypto.agreement(crypto.freshAgreementKey(random));
    this.peer = crypto.freshAgreementKey(random).publicKey().toByteArray();
    this.sealed = crypto.seal(AEAD, symmetricKey, nonce, NONE, new byte[ONION_REQUEST_SIZE]);
  }

  boolean isEmpty() {
    return verifications == 0 && signatures == 0 && workload.transport() != Transport.ONION;
  }

  void run() {
    if (workload.transport() == Transport.ONION) {
      openAndSeal();
    }
    if (workload.protocol() == Protocol.V0) {
      hash();
    }
    for (int i = 0; i < verifications; i++) {
      require(crypto.verify(publicKey, message, signature));
    }
    for (int i = 0; i < signatures; i++) {
      require(key.sign(message).equals(signature));
    }
  }

  private void hash() {
    int messages = Math.min(verifications, 1) + signatures;
    for (int i = 0; i < messages; i++) {
      byte[] digest = crypto.blake2b256(Blake2bParameters.PLAIN, message);
      require(digest.length > 0);
    }
  }

  private void openAndSeal() {
    byte[] secret = onionKey.with(peer).orElseThrow();
    byte[] derived = crypto.blake2b256(Blake2bParameters.PLAIN, secret, peer, peer);
    require(crypto.open(AEAD, symmetricKey, nonce, NONE, sealed, 0, sealed.length).isPresent());
    require(crypto.seal(AEAD, derived, nonce, NONE, reply).length > 0);
  }

  /// Uses a result, so that the compiler cannot leave its computation out.
  private static void require(boolean right) {
    if (!right) {
      throw new IllegalStateException("wrong result");
    }
  }
}
