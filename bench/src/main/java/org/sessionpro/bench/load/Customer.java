package org.sessionpro.bench.load;

import java.security.SecureRandom;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// One client: the key of its account, and the key that it wants proofs for.
public record Customer(SigningKey master, SigningKey rotating) {
  /// The client whose master key has that seed; its rotating key is new.
  public static Customer of(Seed master, Crypto crypto, SecureRandom random) {
    return new Customer(crypto.signingKey(master), crypto.signingKey(Seed.random(random)));
  }

  public MasterKey masterKey() {
    return new MasterKey(master.publicKey());
  }

  public RotatingKey rotatingKey() {
    return new RotatingKey(rotating.publicKey());
  }

  @Override
  public String toString() {
    return "Customer(hidden)";
  }
}
