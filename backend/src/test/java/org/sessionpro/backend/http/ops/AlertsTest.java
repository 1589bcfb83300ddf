package org.sessionpro.backend.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.telemetry.Metric;

/// Which series make each alert fire and which, close by, do not: cases for `promtool`, where it is,
/// which also reads the rules and the expressions of the dashboards as Prometheus does.
class AlertsTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path RULES = HOME.resolve("deploy/prometheus/alerts.yml");
  private static final Path CASES = Path.of("src/test/resources/alerts").toAbsolutePath();

  private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");
  private static final Pattern EXPECTED =
      Pattern.compile("alertname: (\\w+),?\\s+eval_time: \\w+,?\\s+exp_alerts:( \\[])?");

  /// A series of a case, and its labels.
  private static final Pattern SERIES = Pattern.compile("series: '(\\w+)\\{([^}]*)}'");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Set<String> OF_THE_SCRAPE = Set.of("instance", "job", "le");

  /// What stands in a dashboard for what Grafana knows by itself.
  private static final Pattern STRETCH = Pattern.compile("\\$__(?:rate_interval|range)");

  @TempDir private Path folder;

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  private static String allCases() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : cases()) {
      all.append(Files.readString(file));
    }
    return all.toString();
  }

  @Test
  void theRulesAreWellFormed() throws Exception {
    run("check", "rules", RULES.toString());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCaseComesOutAsItSays(Path file) throws Exception {
    run("test", "rules", file.toString());
  }

  @Test
  void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNotYet() throws IOException {
    Set<String> alerts = names(ALERT.matcher(Files.readString(RULES)).results());
    String cases = allCases();

    assertThat(names(expected(cases).filter(one -> one.group(2) == null))).isEqualTo(alerts);
    assertThat(names(expected(cases).filter(one -> one.group(2) != null))).isEqualTo(alerts);
    assertThat(expected(cases).count())
        .as("every expectation is read")
        .isEqualTo(cases.split("alertname:", -1).length - 1);
  }

  private static Stream<MatchResult> expected(String cases) {
    return EXPECTED.matcher(cases).results();
  }

  private static Set<String> names(Stream<MatchResult> found) {
    return found.map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everySeriesOfACaseIsOneThatAServerHas() throws IOException {
    String cases = allCases();
    List<MatchResult> all = SERIES.matcher(cases).results().toList();

    assertThat(all).hasSize(cases.split("series: '", -1).length - 1);
    for (MatchResult series : all) {
      Set<String> labels = new TreeSet<>(OF_THE_SCRAPE);
      if (!series.group(1).equals("up")) {
        labels.addAll(Metric.ofSample(series.group(1)).labels());
      }
      assertThat(LABEL.matcher(series.group(2)).results().map(label -> label.group(1)))
          .as(series.group())
          .isSubsetOf(labels);
    }
  }

  @Test
  void everyExpressionOfADashboardIsOneOfPrometheus() throws Exception {
    List<String> expressions = new ArrayList<>();
    try (Stream<Path> dashboards = Files.list(HOME.resolve("deploy/grafana"))) {
      for (Path dashboard : dashboards.toList()) {
        for (JsonNode found : new ObjectMapper().readTree(dashboard.toFile()).findValues("expr")) {
          expressions.add(STRETCH.matcher(found.asText()).replaceAll("1m"));
        }
      }
    }

    assertThat(expressions).hasSizeGreaterThan(50);
    Path rules = folder.resolve("dashboards.yml");
    Files.writeString(rules, "groups: [{name: dashboards, rules: " + recording(expressions) + "}]");
    run("check", "rules", rules.toString());
  }

  /// Rules that record what the expressions say, each under a name of its own.
  private static String recording(List<String> expressions) throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String expression : expressions) {
      rules.add(json.createObjectNode().put("record", "r" + rules.size()).put("expr", expression));
    }
    return json.writeValueAsString(rules);
  }

  private static void run(String... words) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(PROMTOOL.toString()), Stream.of(words)).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
