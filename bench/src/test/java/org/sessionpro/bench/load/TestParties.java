package org.sessionpro.bench.load;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// A backend and two customers with new keys, at a fixed time.
final class TestParties {
  static final Crypto CRYPTO = Crypto.selfTested();
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final RevocationTag TAG = new RevocationTag(ByteString.fromHex("7a".repeat(32)));

  private static final SecureRandom RANDOM = new SecureRandom();

  static final SigningKey BACKEND = CRYPTO.signingKey(Seed.random(RANDOM));
  static final BackendKey BACKEND_KEY = new BackendKey(BACKEND.publicKey());
  static final SigningKey FORGER = CRYPTO.signingKey(Seed.random(RANDOM));
  static final Customer CUSTOMER = newCustomer();
  static final Customer ANOTHER = newCustomer();

  private TestParties() {}

  static Customer newCustomer() {
    return Customer.of(Seed.random(RANDOM), CRYPTO, RANDOM);
  }
}
