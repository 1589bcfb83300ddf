package org.sessionpro.backend.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.backend.telemetry.Metric.Kind;
import org.sessionpro.protocol.json.JsonObject;

/// The page about the metrics, the dashboards and the alert rules speak of metrics that there are.
class MetricDocumentsTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path ALERTS = HOME.resolve("deploy/prometheus/alerts.yml");
  private static final Pattern NAME = Pattern.compile("session_pro_[a-z0-9_]+");

  /// A name, and what may stand between braces behind it.
  private static final Pattern SELECTOR =
      Pattern.compile("(session_pro_[a-z0-9_]+)\\{((?:[^}\"]|\"[^\"]*\")*)}");

  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"");

  static List<Path> documents() throws IOException {
    try (Stream<Path> dashboards = Files.list(HOME.resolve("deploy/grafana"))) {
      List<Path> all = new ArrayList<>(dashboards.toList());
      all.add(ALERTS);
      return all;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void thePageExplainsEveryMetricWithItsKindAndItsLabels() {
    List<List<String>> rows =
        read(HOME.resolve("docs/metrics.md"))
            .lines()
            .filter(line -> line.startsWith("| `session_pro_"))
            .map(row -> List.of(row.split("\\|", 5)).subList(1, 4))
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Metric.values()).map(MetricDocumentsTest::row).toList());
  }

  /// The first three cells, as they are written.
  private static List<String> row(Metric metric) {
    String kind = metric.kind().name().toLowerCase(Locale.ROOT);
    String labels =
        metric.labels().stream().map(label -> " `" + label + "`").collect(Collectors.joining(","));
    return List.of(" `" + metric.text() + "` ", " " + kind + " ", labels + " ");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyNameIsThatOfASample(Path document) {
    Set<String> samples =
        Arrays.stream(Metric.values())
            .flatMap(metric -> metric.samples().stream())
            .collect(Collectors.toSet());

    assertThat(names(read(document))).isNotEmpty().isSubsetOf(samples);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everySelectorAsksForLabelsThatThereAre(Path document) {
    Matcher selectors = SELECTOR.matcher(read(document).replace("\\\"", "\""));
    while (selectors.find()) {
      Metric metric = Metric.ofSample(selectors.group(1));
      Set<String> labels = new TreeSet<>(metric.labels());
      labels.addAll(Set.of("instance", "job"));
      if (metric.kind() == Kind.HISTOGRAM) {
        labels.add("le");
      }
      assertThat(MATCHER.matcher(selectors.group(2)).results().map(found -> found.group(1)))
          .as(selectors.group())
          .isSubsetOf(labels);
    }
  }

  @Test
  void dashboardsAreDocumentsWithPlacesOfTheirOwn() throws Exception {
    Set<String> titles = new TreeSet<>();
    for (Path dashboard : documents()) {
      if (!dashboard.equals(ALERTS)) {
        JsonObject document = JsonObject.parse(Files.readAllBytes(dashboard));
        assertThat(document.has("panels")).as("%s", dashboard).isTrue();
        titles.add(document.member("uid").orElseThrow().toString());
      }
    }
    assertThat(titles).hasSize(3);
  }

  private static List<String> alerts() {
    return Pattern.compile("(?m)^      - (?=alert: )").splitAsStream(read(ALERTS)).skip(1).toList();
  }

  /// A gate closes for a minute and is open until the next requests have failed; a store that throttles
  /// is left alone for ten minutes at most. What has to last longer than that must look back further,
  /// and not so far that one closing is enough.
  @Test
  void anAlertOutlastsTheMomentsInWhichAGateIsOpen() {
    List<String> lasting =
        alerts().stream()
            .filter(alert -> alert.contains("session_pro_store_closed{"))
            .filter(alert -> minutes("for: ([0-9]+)m", alert) > 1)
            .toList();

    assertThat(lasting)
        .hasSize(2)
        .allSatisfy(alert ->
            assertThat(
                    minutes(
                        "max_over_time\\(session_pro_store_closed\\{[^}]*}\\[([0-9]+)m]\\)", alert))
                .isBetween(16, minutes("for: ([0-9]+)m", alert) - 1));
  }

  private static int minutes(String pattern, String alert) {
    Matcher found = Pattern.compile(pattern).matcher(alert);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  @Test
  void everyAlertHasAWeightATextAndARunbook() {
    List<String> alerts = alerts();

    assertThat(alerts).hasSizeGreaterThan(20);
    assertThat(alerts)
        .allSatisfy(alert ->
            assertThat(alert)
                .containsPattern("(?s)^alert: SessionPro[A-Za-z]+\n")
                .contains("        expr: ")
                .containsPattern("labels: \\{severity: (critical|error|warning)}")
                .containsPattern("          summary: \".+\"\n")
                .containsPattern("          runbook: docs/operations\\.md#alert-[a-z-]+\n"));
  }
}
