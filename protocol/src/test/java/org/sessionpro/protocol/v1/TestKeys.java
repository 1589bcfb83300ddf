package org.sessionpro.protocol.v1;

import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// The key pairs of the known answers, and the cryptography to use them with.
final class TestKeys {
  static final Crypto CRYPTO = Crypto.selfTested();

  static final SigningKey MASTER = CRYPTO.signingKey(seed("01"));
  static final SigningKey ROTATING = CRYPTO.signingKey(seed("02"));
  static final Seed BACKEND_SEED = seed("03");
  static final SigningKey BACKEND = CRYPTO.signingKey(BACKEND_SEED);
  static final SigningKey OTHER = CRYPTO.signingKey(seed("04"));

  static final MasterKey MASTER_KEY = new MasterKey(MASTER.publicKey());
  static final RotatingKey ROTATING_KEY = new RotatingKey(ROTATING.publicKey());
  static final BackendKey BACKEND_KEY = new BackendKey(BACKEND.publicKey());

  private TestKeys() {}

  private static Seed seed(String octet) {
    return Seed.fromHex(octet.repeat(Seed.SIZE));
  }
}
