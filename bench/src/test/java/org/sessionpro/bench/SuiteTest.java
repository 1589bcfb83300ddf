package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.LoadResult;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Protocol;
import org.sessionpro.bench.load.Transport;
import org.sessionpro.bench.load.Workload;

class SuiteTest {
  private static LoadReport round(LoadResult.@Nullable Cost server) {
    Duration some = Duration.ofMillis(1);
    return new LoadReport(
        new Workload(Operation.POLL, Protocol.V0, Transport.DIRECT),
        new LoadPlan(4, 0, Duration.ZERO, Duration.ofSeconds(1)),
        new LoadResult(
            1_000,
            Duration.ofSeconds(1),
            new LoadResult.Latencies(some, some, some, some),
            Map.of(),
            server,
            Duration.ZERO),
        0,
        List.of());
  }

  private static LoadReport costing(int millis) {
    return round(new LoadResult.Cost(Duration.ofMillis(millis), 1, Duration.ZERO));
  }

  @Test
  void theCheapestRoundCounts() {
    LoadReport cheapest = costing(20);

    assertThat(Suite.counting(List.of(costing(30), cheapest, costing(25)))).isSameAs(cheapest);
  }

  @Test
  void aLoadIsNotMeasuredWhenOneOfItsRoundsWasNot() {
    assertThat(Suite.counting(List.of(costing(30), round(null), costing(25))).serverMicros())
        .isNaN();
  }

  @Test
  void thereIsAtLeastOneRound() {
    assertThatThrownBy(() -> new Suite.Size(1, 0, 0, 1, 0, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
