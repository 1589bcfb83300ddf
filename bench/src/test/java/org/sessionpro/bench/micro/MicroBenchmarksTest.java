package org.sessionpro.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.proof.Issuance;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.json.JsonObject;

/// That every benchmark is there and measures something that succeeds. How fast, is not tested.
class MicroBenchmarksTest {
  private static final String PACKAGE = MicroBenchmark.class.getPackageName() + ".";

  @Test
  void jmhFindsEveryBenchmark() throws IOException {
    try (InputStream list =
        MicroBenchmark.class.getResourceAsStream(BenchmarkList.BENCHMARK_LIST)) {
      List<String> names =
          BenchmarkList.readBenchmarkList(Objects.requireNonNull(list)).stream()
              .map(entry -> entry.getUsername().substring(PACKAGE.length()))
              .toList();

      assertThat(names)
          .containsExactlyInAnyOrder(
              "Blake2bBenchmark.hash",
              "CodecBenchmark.parseV0ProofRequest",
              "CodecBenchmark.parseV1ProofRequest",
              "CodecBenchmark.renderV0ProofAnswer",
              "CodecBenchmark.renderV1ProofAnswer",
              "Ed25519Benchmark.sign",
              "Ed25519Benchmark.verify",
              "FoldBenchmark.fold",
              "FoldBenchmark.replay",
              "IssueBenchmark.issueV0",
              "IssueBenchmark.issueV1",
              "ListBenchmark.renderV0",
              "ListBenchmark.renderV1",
              "OnionBenchmark.open",
              "OnionBenchmark.sealReply",
              "X25519Benchmark.agree");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Amazon Corretto", "Conscrypt", "BouncyCastle"})
  void theSignatureIsValidForEveryLibrary(String library) {
    Ed25519Benchmark benchmark = new Ed25519Benchmark();
    benchmark.library = library;
    benchmark.chooseLibrary();

    assertThat(benchmark.verify()).isTrue();
    assertThat(benchmark.sign()).isEqualTo(benchmark.sign());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conscrypt", "BouncyCastle"})
  void aSecretIsAgreedOnByEveryLibrary(String library) {
    X25519Benchmark benchmark = new X25519Benchmark();
    benchmark.library = library;
    benchmark.chooseLibrary();

    assertThat(benchmark.agree()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void theOnionHoldsARequestUnderEveryCipher(Aead aead) {
    OnionBenchmark benchmark = new OnionBenchmark();
    benchmark.aead = aead;
    benchmark.chooseCipher();

    assertThat(benchmark.open().request()).isPresent();
    assertThat(benchmark.sealReply()).hasSizeGreaterThan(aead.nonceSize() + Aead.TAG_SIZE);
  }

  @Test
  void requestsAndAnswersOfBothProtocolsAreWhole() {
    CodecBenchmark benchmark = new CodecBenchmark();

    assertThat(benchmark.parseV1ProofRequest().ts().toLong()).isEqualTo(1_800_000_000);
    assertThat(benchmark.parseV0ProofRequest().timestamp()).isEqualTo("2027-01-15T08:00:00Z");
    assertThat(JsonObject.parse(benchmark.renderV1ProofAnswer()).names())
        .containsExactly("status", "result");
    assertThat(JsonObject.parse(benchmark.renderV0ProofAnswer()).names())
        .containsExactly("result", "status");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 24})
  void theSubscriptionCoversUntilItsLastCycleEnds(int cycles) {
    FoldBenchmark benchmark = new FoldBenchmark();
    benchmark.cycles = cycles;
    benchmark.payForCycles();

    assertThat(benchmark.replay()).hasSize(cycles);
    assertThat(benchmark.fold().best())
        .isEqualTo(
            new Entitlement(
                Instant.ofEpochSecond(1_700_000_000).plus(Duration.ofDays(30L * cycles)),
                null,
                false));
  }

  @Test
  void proofsOfBothProtocolsAreIssued() {
    IssueBenchmark benchmark = new IssueBenchmark();
    try {
      assertThat(benchmark.issueV1()).isInstanceOf(Issuance.Issued.class);
      assertThat(benchmark.issueV0()).isInstanceOf(Issuance.Issued.class);
    } finally {
      benchmark.close();
    }
  }

  @Test
  void theListIsRenderedAnewEachTime() {
    ListBenchmark benchmark = new ListBenchmark();

    assertThat(benchmark.renderV1().body()).isNotEqualTo(benchmark.renderV1().body());
    assertThat(benchmark.renderV0().body()).isNotEqualTo(benchmark.renderV0().body());
    assertThat(benchmark.renderV0().body().size()).isGreaterThan(10_000 * RevocationTag.SIZE);
  }
}
