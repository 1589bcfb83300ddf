package org.sessionpro.bench.micro;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.OpenedOnion;

/// The server's work on an onion request beyond that on the request inside: a v1 proof request and
/// its answer.
public class OnionBenchmark extends MicroBenchmark {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Param public Aead aead = Aead.XCHACHA20_POLY1305;

  private final Crypto crypto = Crypto.selfTested();
  private final AgreementKey serverKey = crypto.freshAgreementKey(RANDOM);
  private final OnionServer server = new OnionServer(crypto, serverKey, List.of(), RANDOM);
  private final Samples samples = new Samples(crypto, Instant.ofEpochSecond(1_800_000_000));
  private final OnionReply reply = OnionReply.json(ByteString.of(samples.v1Answer().toJson()));
  private byte[] request = sealRequest();
  private OpenedOnion opened = server.open(request);

  /// Turns to the cipher under test.
  @Setup
  public void chooseCipher() {
    request = sealRequest();
    opened = server.open(request);
  }

  private byte[] sealRequest() {
    OnionRequest inner =
        new OnionRequest(
            "POST",
            "/generate_pro_proof",
            Optional.empty(),
            Map.of("content-type", "application/json"),
            ByteString.of(samples.v1Request()));
    return new OnionClient(crypto, serverKey.publicKey(), RANDOM).seal(inner, aead).outerBody();
  }

  /// X25519, the key, decryption, and parsing of both layers.
  @Benchmark
  public OpenedOnion open() {
    return server.open(request);
  }

  @Benchmark
  public byte[] sealReply() {
    return opened.seal(reply);
  }
}
