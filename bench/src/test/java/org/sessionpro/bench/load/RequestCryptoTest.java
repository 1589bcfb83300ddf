package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestCryptoTest {
  static Stream<Workload> workloads() {
    return Arrays.stream(Operation.values())
        .flatMap(operation ->
            Arrays.stream(Protocol.values())
                .flatMap(protocol ->
                    Stream.of(
                        new Workload(operation, protocol, false),
                        new Workload(operation, protocol, true))));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyResultIsRight(Workload workload) {
    assertThatCode(new RequestCrypto(workload, TestParties.CRYPTO)::run).doesNotThrowAnyException();
  }

  @Test
  void onlyTheUnsignedPollInClearNeedsNoCryptography() {
    assertThat(
            workloads()
                .filter(workload -> new RequestCrypto(workload, TestParties.CRYPTO).isEmpty()))
        .containsExactly(
            new Workload(Operation.REVOCATIONS, Protocol.V0, false),
            new Workload(Operation.REVOCATIONS, Protocol.V1, false));
  }
}
