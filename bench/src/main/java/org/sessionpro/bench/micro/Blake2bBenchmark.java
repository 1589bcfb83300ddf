package org.sessionpro.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;

/// BLAKE2b-256, personalised, over a message as long as a v0 proof request's: 73 bytes.
public class Blake2bBenchmark extends MicroBenchmark {
  private final Crypto crypto = Crypto.selfTested();
  private final Blake2bParameters parameters = Blake2bParameters.personalised("ProGenerateProof");
  private final byte[] message = new byte[73];

  @Benchmark
  public byte[] hash() {
    return crypto.blake2b256(parameters, message);
  }
}
