package org.sessionpro.bench.micro;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// Ed25519 by each library, over a message as long as a v1 proof request's: 90 bytes.
public class Ed25519Benchmark extends MicroBenchmark {
  private static final String BOUNCY_CASTLE = "BouncyCastle";

  @Param({"Amazon Corretto", "Conscrypt", BOUNCY_CASTLE})
  public String library = BOUNCY_CASTLE;

  private final Seed seed = Seed.random(new SecureRandom());
  private final byte[] message = new byte[90];
  private Crypto crypto = Crypto.selfTested();
  private SigningKey key = crypto.signingKey(seed);
  private final MasterKey publicKey = new MasterKey(key.publicKey());
  private final Signature signature = key.sign(message);

  /// Turns to the library under test; the signature to verify remains.
  ///
  /// @throws IllegalStateException if it does not load here
  @Setup
  public void chooseLibrary() {
    crypto = Crypto.selfTested(Set.copyOf(List.of(library, BOUNCY_CASTLE)));
    Crypto.Choice choice = crypto.choices().getFirst();
    if (!choice.library().startsWith(library)) {
      throw new IllegalStateException("not usable here: " + choice.passedOver());
    }
    key = crypto.signingKey(seed);
  }

  @Benchmark
  public boolean verify() {
    return crypto.verify(publicKey, message, signature);
  }

  @Benchmark
  public Signature sign() {
    return key.sign(message);
  }
}
