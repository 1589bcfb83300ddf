package org.sessionpro.bench.micro;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.sessionpro.protocol.crypto.Agreement;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;

/// X25519 by each library that has it, of a key that is imported already.
public class X25519Benchmark extends MicroBenchmark {
  private static final String BOUNCY_CASTLE = "BouncyCastle";

  @Param({"Conscrypt", BOUNCY_CASTLE})
  public String library = BOUNCY_CASTLE;

  private Crypto crypto = Crypto.selfTested();
  private final AgreementKey key = crypto.freshAgreementKey(new SecureRandom());
  private Agreement own = crypto.agreement(key);
  private final byte[] peer =
      crypto.freshAgreementKey(new SecureRandom()).publicKey().toByteArray();

  /// Turns to the library under test.
  ///
  /// @throws IllegalStateException if it does not load here
  @Setup
  public void chooseLibrary() {
    crypto = Crypto.selfTested(Set.copyOf(List.of(library, BOUNCY_CASTLE)));
    Crypto.Choice choice = crypto.choices().getLast();
    if (!choice.library().startsWith(library)) {
      throw new IllegalStateException("not usable here: " + choice.passedOver());
    }
    own = crypto.agreement(key);
  }

  @Benchmark
  public Optional<byte[]> agree() {
    return own.with(peer);
  }
}
