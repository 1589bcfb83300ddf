package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;

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

class LoadReportTest {
  private static final Duration SPAN = Duration.ofSeconds(10);
  private static final LoadResult.Cost COST =
      new LoadResult.Cost(Duration.ofSeconds(3), 150_000_000, Duration.ofMillis(2_500));

  @Test
  void peopleGetATable() {
    assertThat(report(COST, Map.of()).text())
        .isEqualTo(
            """
            v1 proof by onion, 4 connections, closed loop, 10 s after 5 s of warm-up

            requests/s                  2,000
            latency p50                 0.500 ms
            latency p90                 1.000 ms
            latency p99                 2.000 ms
            latency max                10.000 ms
            errors                          0
            server CPU                  150.0 µs a request
            pure-crypto floor           100.0 µs a request
            server CPU / floor           1.50
            server memory (RSS)           150 MB
            other processes              0.25 processors
            generator CPU                50.0 µs a request

            Ed25519 by A 1, X25519 by B 2
            """);
  }

  @Test
  void programsGetOneObject() {
    assertThat(report(COST, Map.of("proof is FORGED", 2L)).json())
        .isEqualTo(
            "{\"workload\":\"v1 proof by onion\",\"connections\":4,\"rate\":0,"
                + "\"warmup_seconds\":5,\"measured_seconds\":10,\"requests_per_second\":2000,"
                + "\"latency_p50_ms\":0.500,\"latency_p90_ms\":1.000,\"latency_p99_ms\":2.000,"
                + "\"latency_max_ms\":10.000,\"errors\":2,\"server_cpu_us_per_request\":150.0,"
                + "\"crypto_floor_us_per_request\":100.0,\"times_floor\":1.50,"
                + "\"server_rss_mb\":150,\"other_cores\":0.25,\"generator_cpu_us_per_request\":50.0,"
                + "\"errors_by_reason\":{\"proof is FORGED\":2},"
                + "\"libraries\":[\"Ed25519 by A 1\",\"X25519 by B 2\"]}\n");
  }

  @Test
  void errorsAreListedByReason() {
    assertThat(report(COST, Map.of("proof is FORGED", 2L)).text())
        .contains("errors                          2\n")
        .contains("  2 × proof is FORGED\n");
  }

  @Test
  void aServerThatWasNotLookedAtHasNoFigures() {
    assertThat(report(null, Map.of()).text())
        .contains("pure-crypto floor")
        .doesNotContain("server");
  }

  @Test
  void aLoadWithoutARightAnswerHasOnlyFiguresOfItsErrors() {
    Map<String, Long> errors = Map.of("HTTP status 503", 9L);
    LoadReport report =
        report(new LoadResult(0, SPAN, latencies(Duration.ZERO), errors, COST, SPAN));

    assertThat(report.serverMicros()).isNaN();
    assertThat(report.text())
        .contains("errors                          9\n")
        .doesNotContain("latency")
        .doesNotContain("server CPU")
        .doesNotContain("generator CPU");
    assertThat(report.json()).contains("\"requests_per_second\":0,").doesNotContain("NaN");
  }

  @Test
  void aServerOfWhichNothingIsSeenHasNoFigures() {
    LoadReport report =
        report(new LoadResult.Cost(Duration.ZERO, 0, Duration.ofSeconds(1)), Map.of());

    assertThat(report.serverMicros()).isNaN();
    assertThat(report.residentMegabytes()).isNaN();
    assertThat(report.text()).doesNotContain("server").contains("other processes");
  }

  private static LoadReport report(LoadResult.@Nullable Cost server, Map<String, Long> errors) {
    return report(
        new LoadResult(
            20_000,
            SPAN,
            latencies(Duration.ofNanos(500_000)),
            errors,
            server,
            Duration.ofSeconds(1)));
  }

  /// Twice, four and twenty times as long for those that took longer.
  private static LoadResult.Latencies latencies(Duration p50) {
    return new LoadResult.Latencies(
        p50, p50.multipliedBy(2), p50.multipliedBy(4), p50.multipliedBy(20));
  }

  private static LoadReport report(LoadResult result) {
    return new LoadReport(
        new Workload(Operation.PROOF, Protocol.V1, Transport.ONION),
        new LoadPlan(4, 0, Duration.ofSeconds(5), SPAN),
        result,
        100,
        List.of("Ed25519 by A 1", "X25519 by B 2"));
  }
}
