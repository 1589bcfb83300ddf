package org.sessionpro.backend.http.ops;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sessionpro.backend.telemetry.Distribution;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.backend.telemetry.Metric.Kind;
import org.sessionpro.backend.telemetry.Tally;
import org.sessionpro.protocol.ByteString;

/// The numbers of one look at a server. What is counted is counted elsewhere, all the time; Prometheus'
/// own library, which writes it down, is not loaded before somebody looks.
public final class Scrape {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private final Map<Metric, List<DataPointSnapshot>> points = new EnumMap<>(Metric.class);

  /// Shows a number.
  ///
  /// @param labels values of the metric's labels, in their order
  /// @throws IllegalArgumentException if the metric is of another kind, or has other labels
  public void show(Metric metric, double value, String... labels) {
    Labels named = labels(metric, labels);
    add(
        metric,
        switch (metric.kind()) {
          case COUNTER -> CounterDataPointSnapshot.builder().labels(named).value(value).build();
          case GAUGE -> GaugeDataPointSnapshot.builder().labels(named).value(value).build();
          case HISTOGRAM, INFO -> throw wrongKind(metric);
        });
  }

  /// Shows a whole number.
  public void show(Metric metric, long value, String... labels) {
    show(metric, (double) value, labels);
  }

  /// Shows a length of time, in seconds.
  public void show(Metric metric, Duration time, String... labels) {
    show(metric, time.toNanos() / NANOS, labels);
  }

  /// Shows an instant, in seconds since 1970.
  public void show(Metric metric, Instant instant, String... labels) {
    show(metric, instant.toEpochMilli() / MILLIS, labels);
  }

  /// Shows a yes or no, as 1 or 0.
  public void show(Metric metric, boolean value, String... labels) {
    show(metric, value ? 1L : 0L, labels);
  }

  /// Shows what only labels tell.
  public void show(Metric metric, String... labels) {
    require(metric, Kind.INFO);
    add(metric, InfoDataPointSnapshot.builder().labels(labels(metric, labels)).build());
  }

  /// Shows a distribution.
  public void show(Metric metric, Distribution.Seen seen, String... labels) {
    require(metric, Kind.HISTOGRAM);
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < seen.counts().size(); i++) {
      double bound = i < seen.bounds().size() ? seen.bounds().get(i) : Double.POSITIVE_INFINITY;
      buckets.bucket(bound, seen.counts().get(i));
    }
    add(
        metric,
        HistogramDataPointSnapshot.builder()
            .classicHistogramBuckets(buckets.build())
            .sum(seen.sum())
            .labels(labels(metric, labels))
            .build());
  }

  /// Shows every count of a tally; the thing counted is the value of the last label.
  ///
  /// @param labels values of the others
  public <E extends Enum<E>> void show(Metric metric, Tally<E> tally, String... labels) {
    tally.read().forEach((thing, count) -> show(metric, count, with(word(thing), labels)));
  }

  /// How a constant is written as the value of a label.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String[] with(String last, String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.add(last);
    return all.toArray(String[]::new);
  }

  private void add(Metric metric, DataPointSnapshot point) {
    points.computeIfAbsent(metric, _ -> new ArrayList<>()).add(point);
  }

  private static void require(Metric metric, Kind kind) {
    if (metric.kind() != kind) {
      throw wrongKind(metric);
    }
  }

  private static IllegalArgumentException wrongKind(Metric metric) {
    return new IllegalArgumentException(metric.text() + " is a " + word(metric.kind()));
  }

  private static Labels labels(Metric metric, String... values) {
    if (values.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric.text() + " has labels " + metric.labels());
    }
    return Labels.of(metric.labels().toArray(String[]::new), values);
  }

  /// All that was shown, in Prometheus' text format.
  ByteString text() {
    List<MetricSnapshot> all = new ArrayList<>();
    points.forEach((metric, own) -> all.add(snapshot(metric, own)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, new MetricSnapshots(all));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.of(out.toByteArray());
  }

  private static MetricSnapshot snapshot(Metric metric, List<DataPointSnapshot> points) {
    return switch (metric.kind()) {
      case COUNTER ->
          new CounterSnapshot(named(metric, "_total"), of(CounterDataPointSnapshot.class, points));
      case GAUGE -> new GaugeSnapshot(named(metric, ""), of(GaugeDataPointSnapshot.class, points));
      case HISTOGRAM ->
          new HistogramSnapshot(named(metric, ""), of(HistogramDataPointSnapshot.class, points));
      case INFO ->
          new InfoSnapshot(named(metric, "_info"), of(InfoDataPointSnapshot.class, points));
    };
  }

  /// The library puts the ends of names there itself.
  private static MetricMetadata named(Metric metric, String end) {
    String name = metric.text();
    if (!name.endsWith(end)) {
      throw new IllegalArgumentException(name + " must end with " + end);
    }
    return new MetricMetadata(name.substring(0, name.length() - end.length()), metric.help());
  }

  private static <P> List<P> of(Class<P> type, List<? super P> points) {
    return points.stream().map(type::cast).toList();
  }
}
