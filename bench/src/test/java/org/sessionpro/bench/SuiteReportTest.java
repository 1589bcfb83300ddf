package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.LoadResult;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.Protocol;
import org.sessionpro.bench.load.Transport;
import org.sessionpro.bench.load.Workload;

class SuiteReportTest {
  private final SuiteReport report =
      new SuiteReport(
          new Suite.Findings(
              List.of(Aim.cpu("v0 poll", 20, 25), Aim.memory("  its gate", 210, 200).asGate()),
              List.of(load(3))));

  @Test
  void peopleGetAimsThenLoadsThenWhatWasWrong() {
    assertThat(report.text())
        .isEqualTo(
            """
            v0 poll                                 20.0 µs  ≤    25.0  met
              its gate                               210 MB  ≤     200  MISSED

            load                   conns requests/s    floor       p50       p99  errors  others
            v0 poll                    4     20,000   0.0 µs   0.50 ms   2.00 ms       3    0.25
              v0 poll: 3 × HTTP status 503
            other processes were busy meanwhile: measure again on a quiet machine
            """);
  }

  @Test
  void programsGetOneObject() {
    assertThat(report.json())
        .startsWith(
            "{\"aims\":[{\"what\":\"v0 poll\",\"measured\":20.0,\"limit\":25.0,\"unit\":\"µs\","
                    .replace("µ", "\\u00B5")
                + "\"gate\":false,\"met\":true},{\"what\":\"its gate\",\"measured\":210,\"limit\":200,"
                + "\"unit\":\"MB\",\"gate\":true,\"met\":false}],\"loads\":[{\"workload\":\"v0 poll\",")
        .endsWith("}]}\n");
  }

  @Test
  void errorsOfAllLoadsAreCounted() {
    assertThat(report.findings().errors()).isEqualTo(3);
  }

  private static boolean isPassed(Aim aim, long errors) {
    return new Suite.Findings(List.of(aim), List.of(load(errors))).isPassed();
  }

  @Test
  void aMissedGateIsAnErrorAndAMissedAimIsNone() {
    assertThat(isPassed(Aim.memory("memory", 201, 200).asGate(), 0)).isFalse();
    assertThat(isPassed(Aim.memory("memory", 200, 200).asGate(), 0)).isTrue();
    assertThat(isPassed(Aim.memory("memory", 201, 200), 0)).isTrue();
  }

  @Test
  void aGateThatWasNotMeasuredIsAnError() {
    assertThat(isPassed(Aim.memory("memory", Double.NaN, 200).asGate(), 0)).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsNullForPrograms() {
    Aim memory = Aim.memory("memory", Double.NaN, 200);

    assertThat(new SuiteReport(new Suite.Findings(List.of(memory), List.of())).json())
        .isEqualTo(
            "{\"aims\":[{\"what\":\"memory\",\"measured\":null,\"limit\":200,\"unit\":\"MB\","
                + "\"gate\":false,\"met\":false}],\"loads\":[]}\n");
  }

  @Test
  void aWrongAnswerIsAnError() {
    assertThat(isPassed(Aim.memory("memory", 100, 200).asGate(), 1)).isFalse();
  }

  private static LoadReport load(long errors) {
    return new LoadReport(
        new Workload(Operation.POLL, Protocol.V0, Transport.DIRECT),
        new LoadPlan(4, 0, Duration.ofSeconds(5), Duration.ofSeconds(10)),
        new LoadResult(
            200_000,
            Duration.ofSeconds(10),
            new LoadResult.Latencies(
                Duration.ofNanos(500_000),
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(10)),
            errors == 0 ? Map.of() : Map.of("HTTP status 503", errors),
            new LoadResult.Cost(Duration.ofSeconds(4), 150_000_000, Duration.ofMillis(2_500)),
            Duration.ofSeconds(1)),
        0,
        List.of("Ed25519 by A 1"));
  }
}
