package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                .filter(protocol -> operation != Operation.ADD || protocol == Protocol.V0)
                .flatMap(protocol ->
                    Arrays.stream(Transport.values())
                        .map(transport -> new Workload(operation, protocol, transport))));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyResultIsRight(Workload workload) {
    assertThatCode(new RequestCrypto(workload, TestParties.CRYPTO)::run).doesNotThrowAnyException();
  }

  @Test
  void onlyUnsignedPollsInClearNeedNoCryptography() {
    assertThat(workloads())
        .allSatisfy(workload ->
            assertThat(new RequestCrypto(workload, TestParties.CRYPTO).isEmpty())
                .isEqualTo(
                    workload.transport() != Transport.ONION
                        && (workload.operation() == Operation.REVOCATIONS
                            || workload.operation() == Operation.POLL)));
  }

  @Test
  void paymentsAreNotAddedInV1() {
    assertThatThrownBy(() -> new Workload(Operation.ADD, Protocol.V1, Transport.DIRECT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
