package org.sessionpro.bench.micro;

import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.V1Answer;

/// From the bytes of a proof request to its record, and from an answer to its bytes.
public class CodecBenchmark extends MicroBenchmark {
  private final Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final Samples samples = new Samples(Crypto.selfTested(), now);
  private final byte[] v1Request = samples.v1Request();
  private final byte[] v0Request = samples.v0Request();
  private final V1Answer<ProofResult> v1Answer = samples.v1Answer();
  private final V0Answer<ProProof> v0Answer = samples.v0Answer();

  @Benchmark
  public org.sessionpro.protocol.v1.GenerateProProofRequest parseV1ProofRequest() {
    return org.sessionpro.protocol.v1.GenerateProProofRequest.parse(JsonObject.parse(v1Request));
  }

  @Benchmark
  public org.sessionpro.protocol.v0.GenerateProProofRequest parseV0ProofRequest() {
    return org.sessionpro.protocol.v0.GenerateProProofRequest.parse(
        JsonObject.parse(v0Request), now);
  }

  @Benchmark
  public byte[] renderV1ProofAnswer() {
    return v1Answer.toJson();
  }

  @Benchmark
  public byte[] renderV0ProofAnswer() {
    return v0Answer.toJson();
  }
}
