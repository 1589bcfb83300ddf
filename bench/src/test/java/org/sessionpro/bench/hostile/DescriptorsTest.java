package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
  private static Stream<String> limits(String hard) {
    return Stream.of(
        "Limit                     Soft Limit           Hard Limit           Units     ",
        "Max processes             95906                95906                processes ",
        "Max open files            1024                 " + hard + "                files     ");
  }

  @Test
  void theHardLimitOfOpenFilesIsFound() {
    assertThat(Descriptors.hardLimit(limits("524288"))).isEqualTo(524_288);
  }

  @Test
  void noLimitIsMoreThanAnybodyNeeds() {
    assertThat(Descriptors.hardLimit(limits("unlimited"))).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"524288, 522288", "4001, 2001", "4000, 2000", "2000, 1000", "1024, 512", "1, 1"})
  void someAreLeftForEverythingElse(int limit, int connections) {
    assertThat(Descriptors.connectionsWithin(limit)).isEqualTo(connections);
  }

  @Test
  void aListWithoutItIsRefused() {
    assertThatThrownBy(() -> Descriptors.hardLimit(Stream.of("Max processes 1 2 processes")))
        .isInstanceOf(IllegalStateException.class);
  }
}
