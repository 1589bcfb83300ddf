package org.sessionpro.bench;

import java.time.Duration;
import java.util.Locale;

/// The findings of the suite, for people or for programs.
record SuiteReport(Suite.Findings findings) {
  /// Processors that others may keep busy without a word about it.
  private static final double QUIET = 0.1;

  /// Measured against aimed at, then what each round of each load found besides.
  String text() {
    StringBuilder text = new StringBuilder();
    findings.aims().forEach(aim -> text.append(aim.line()).append('\n'));
    text.append('\n')
        .append(
            String.format(
                Locale.ROOT,
                "%-22s %5s %10s %8s %9s %9s %7s %7s\n",
                "load",
                "conns",
                "requests/s",
                "floor",
                "p50",
                "p99",
                "errors",
                "others"));
    findings.loads().forEach(load -> text.append(line(load)));
    findings.loads().forEach(load -> addErrors(text, load));
    if (findings.loads().stream().anyMatch(load -> load.result().otherCores() > QUIET)) {
      text.append("other processes were busy meanwhile: measure again on a quiet machine\n");
    }
    return text.toString();
  }

  private static void addErrors(StringBuilder text, LoadReport load) {
    load.result()
        .errors()
        .forEach((reason, count) ->
            text.append(
                String.format(
                    Locale.ROOT, "  %s: %,d × %s\n", load.workload().name(), count, reason)));
  }

  private static String line(LoadReport load) {
    return String.format(
        Locale.ROOT,
        "%-22s %5d %,10.0f %5.1f µs %6.2f ms %6.2f ms %,7d %7.2f\n",
        load.workload().name(),
        load.plan().connections(),
        load.result().requestsPerSecond(),
        load.floorMicros(),
        millis(load.result().latencies().p50()),
        millis(load.result().latencies().p99()),
        load.result().errorCount(),
        load.result().otherCores());
  }

  private static double millis(Duration span) {
    return (double) span.toNanos() / Duration.ofMillis(1).toNanos();
  }

  /// One object on one line.
  String json() {
    return JsonLine.of(json ->
        json.objects("aims", findings.aims(), (writer, aim) -> aim.write(writer))
            .objects("loads", findings.loads(), (writer, load) -> load.write(writer)))
        + "\n";
  }
}
