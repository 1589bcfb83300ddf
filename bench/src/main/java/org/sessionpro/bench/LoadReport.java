package org.sessionpro.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.LoadResult;
import org.sessionpro.bench.load.Workload;
import org.sessionpro.protocol.json.JsonWriter;

/// The figures of one load, for people or for programs.
///
/// @param floorMicros what the cryptography of a request costs alone, in µs; 0 if it has none
/// @param libraries that compute it
record LoadReport(
    Workload workload,
    LoadPlan plan,
    LoadResult result,
    double floorMicros,
    List<String> libraries) {
  private static final double BYTES_PER_MB = 1_000_000;

  /// A figure with its name in JSON and what people read.
  ///
  /// @param value not a number if it could not be measured
  private record Figure(String name, String label, double value, int decimals, String unit) {
    String line() {
      String number = String.format(Locale.ROOT, "%,." + decimals + "f", value);
      return String.format(Locale.ROOT, "%-22s %10s %s", label, number, unit).stripTrailing();
    }

    String number() {
      return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
  }

  /// A title, a line for each figure, and a line for each kind of error.
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(title()).append("\n\n");
    figures().forEach(figure -> text.append(figure.line()).append('\n'));
    result
        .errors()
        .forEach((reason, count) ->
            text.append(String.format(Locale.ROOT, "  %,d × %s\n", count, reason)));
    text.append('\n').append(String.join(", ", libraries)).append('\n');
    return text.toString();
  }

  /// One object on one line.
  String json() {
    return JsonLine.of(this::write) + "\n";
  }

  /// The members of that object.
  void write(JsonWriter json) {
    json.text("workload", workload.name())
        .integer("connections", plan.connections())
        .integer("rate", plan.rate())
        .integer("warmup_seconds", plan.warmup().toSeconds())
        .integer("measured_seconds", plan.measured().toSeconds());
    figures().forEach(figure -> json.number(figure.name(), figure.number()));
    json.object("errors_by_reason", errors -> result.errors().forEach(errors::integer))
        .texts("libraries", libraries);
  }

  private String title() {
    return String.format(
        Locale.ROOT,
        "%s, %d connections, %s, %d s after %d s of warm-up",
        workload.name(),
        plan.connections(),
        plan.rate() == 0 ? "closed loop" : plan.rate() + " requests/s due",
        plan.measured().toSeconds(),
        plan.warmup().toSeconds());
  }

  /// Those that could be measured.
  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("requests_per_second", "requests/s", result.requestsPerSecond(), 0, ""));
    addLatencies(figures);
    figures.add(new Figure("errors", "errors", result.errorCount(), 0, ""));
    addCosts(figures);
    figures.removeIf(figure -> Double.isNaN(figure.value()));
    return figures;
  }

  private void addLatencies(List<Figure> figures) {
    LoadResult.Latencies latencies = result.latencies();
    if (latencies.max().isPositive()) {
      figures.add(latency("p50", latencies.p50()));
      figures.add(latency("p90", latencies.p90()));
      figures.add(latency("p99", latencies.p99()));
      figures.add(latency("max", latencies.max()));
    }
  }

  /// Processor time that the server used for one request, in µs; not a number if it could not be
  /// measured.
  double serverMicros() {
    LoadResult.Cost server = result.server();
    return server == null ? Double.NaN : result.microsPerRequest(server.cpu());
  }

  /// The server's memory after the load, in MB; not a number if it could not be measured.
  double residentMegabytes() {
    LoadResult.Cost server = result.server();
    return server == null || server.residentBytes() == 0
        ? Double.NaN
        : server.residentBytes() / BYTES_PER_MB;
  }

  private void addCosts(List<Figure> figures) {
    LoadResult.Cost server = result.server();
    double serverMicros = serverMicros();
    figures.add(cpu("server_cpu", "server CPU", serverMicros));
    figures.add(cpu("crypto_floor", "pure-crypto floor", floorMicros));
    if (floorMicros > 0) {
      figures.add(
          new Figure("times_floor", "server CPU / floor", serverMicros / floorMicros, 2, ""));
    }
    figures.add(new Figure("server_rss_mb", "server memory (RSS)", residentMegabytes(), 0, "MB"));
    if (server != null) {
      figures.add(
          new Figure("other_cores", "other processes", result.otherCores(), 2, "processors"));
    }
    figures.add(
        cpu("generator_cpu", "generator CPU", result.microsPerRequest(result.generatorCpu())));
  }

  private static Figure latency(String name, Duration latency) {
    double millis = (double) latency.toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
    return new Figure("latency_" + name + "_ms", "latency " + name, millis, 3, "ms");
  }

  private static Figure cpu(String name, String label, double micros) {
    return new Figure(name + "_us_per_request", label, micros, 1, "µs a request");
  }
}
