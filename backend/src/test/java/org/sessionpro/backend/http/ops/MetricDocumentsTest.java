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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.Outcome;
import org.sessionpro.backend.inbox.Lane;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.JobState;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.apple.Convergence;
import org.sessionpro.backend.telemetry.LogCounts;
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

  /// A label and what it is compared with.
  private static final Pattern VALUE =
      Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

  private static final Set<String> STORES = words(StoreProvider.values());

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

  /// Values that labels have, where those are a closed set of the code's.
  private static final Map<String, Set<String>> VALUES =
      Map.ofEntries(
          Map.entry("session_pro_crypto_info algorithm", Set.of("Ed25519", "X25519")),
          Map.entry(
              "session_pro_http_requests_total outcome",
              Set.of(Outcome.OK.word(), Outcome.SHED.word(), Outcome.FAULT.word())),
          Map.entry("session_pro_http_requests_total protocol", words(Contract.values())),
          Map.entry("session_pro_store_closed reason", words(StoreGate.Closing.values())),
          Map.entry("session_pro_store_contact_timestamp_seconds store", STORES),
          Map.entry(
              "session_pro_store_contact_timestamp_seconds way",
              Set.of("call", "pull", "webhook", "list")),
          Map.entry("session_pro_inbox_overdue_seconds lane", words(Lane.values())),
          Map.entry("session_pro_inbox_oldest_age_seconds kind", words(WorkKind.values())),
          Map.entry("session_pro_inbox_deadline_seconds kind", words(WorkKind.values())),
          Map.entry("session_pro_inbox_money_kept reason", words(ParkReason.values())),
          Map.entry("session_pro_inbox_parked reason", words(ParkReason.values())),
          Map.entry(
              "session_pro_inbox_parked_oldest_age_seconds reason", words(ParkReason.values())),
          Map.entry("session_pro_inbox_parked_deadline_seconds reason", words(ParkReason.values())),
          Map.entry("session_pro_store_findings_total finding", words(Convergence.Matter.values())),
          Map.entry("session_pro_job_runs_total outcome", words(JobState.Ending.values())),
          Map.entry("session_pro_database_schema_version of", Set.of("database", "program")),
          Map.entry("session_pro_readings_age_seconds of", Set.of("queues", "census")),
          Map.entry("session_pro_log_lines_total level", words(LogCounts.Weight.values())),
          Map.entry("session_pro_jvm_memory_used_bytes area", Set.of("heap", "nonheap")),
          Map.entry("session_pro_jvm_memory_limit_bytes area", Set.of("heap", "nonheap")));

  /// Labels whose values are none of the code's, or far too many to be named here.
  private static final Set<String> OPEN = Set.of("instance", "job", "name", "library", "route");

  private static Set<String> words(Enum<?>... constants) {
    return Arrays.stream(constants).map(Scrape::word).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyValueThatIsAskedForIsOneThatThereIs(Path document) {
    Matcher selectors = SELECTOR.matcher(read(document).replace("\\\"", "\""));
    while (selectors.find()) {
      String metric = selectors.group(1).replaceFirst("_bucket$", "");
      VALUE
          .matcher(selectors.group(2))
          .results()
          .filter(found -> !OPEN.contains(found.group(1)) && !found.group(2).startsWith("$"))
          .forEach(found -> {
            String label = metric + " " + found.group(1);
            assertThat(VALUES).containsKey(label);
            assertThat(VALUES.get(label)).as(label).contains(found.group(2).split("\\|", -1));
          });
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

  /// Such a gate closes for five minutes: an alert that forgets it in the moment after ends and begins
  /// again, and wakes somebody each time.
  @Test
  void noAlertEndsWhileAGateIsOpenBetweenTwoClosings() {
    assertThat(alerts().stream().filter(alert -> alert.contains("session_pro_store_closed{")))
        .hasSize(3)
        .allSatisfy(alert ->
            assertThat(
                    minutes(
                        "max_over_time\\(session_pro_store_closed\\{[^}]*}\\[([0-9]+)m]\\)", alert))
                .isGreaterThan(10));
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
