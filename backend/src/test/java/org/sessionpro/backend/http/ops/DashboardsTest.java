package org.sessionpro.backend.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.http.ops.PromQl.Quantity;
import org.sessionpro.backend.http.ops.PromQl.Series;

/// The dashboards are documents of Grafana's classic JSON model, and each panel of theirs asks for
/// something that makes sense, in a unit that says what it is.
class DashboardsTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int COLUMNS = 24;
  private static final Set<String> KINDS = Set.of("row", "stat", "timeseries", "table");
  private static final String DATA_SOURCE = "{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z][a-z_]*)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{([^}]*)}}");

  /// Grafana's names of units for each quantity.
  private static final Map<Quantity, Set<String>> UNITS =
      Map.of(
          Quantity.COUNT, Set.of("short", "none"),
          Quantity.PER_SECOND, Set.of("ops", "reqps"),
          Quantity.PER_MINUTE, Set.of("short"),
          Quantity.SECONDS, Set.of("s"),
          Quantity.BYTES, Set.of("bytes"),
          Quantity.SHARE, Set.of("percentunit"),
          Quantity.INSTANT, Set.of("dateTimeFromNow"),
          Quantity.ANY, Set.of());

  record Panel(String dashboard, JsonNode json) {
    boolean isRow() {
      return is("row");
    }

    boolean is(String kind) {
      return json.path("type").asText().equals(kind);
    }

    Stream<JsonNode> targets() {
      return elements(json.path("targets"));
    }

    /// The unit that what a target gives is shown in.
    String unit(JsonNode target) {
      return elements(json.path("fieldConfig").path("overrides"))
          .filter(it -> it.at("/matcher/id").asText().equals("byFrameRefID"))
          .filter(it -> it.at("/matcher/options").equals(target.path("refId")))
          .flatMap(it -> elements(it.path("properties")))
          .filter(it -> it.path("id").asText().equals("unit"))
          .map(it -> it.path("value").asText())
          .findFirst()
          .orElse(json.at("/fieldConfig/defaults/unit").asText());
    }

    @Override
    public String toString() {
      return dashboard + ", " + json.path("type").asText() + " " + json.path("title").asText();
    }
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all.stream();
  }

  static Stream<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("deploy/grafana"))) {
      return files.sorted().toList().stream();
    }
  }

  private static JsonNode read(Path dashboard) {
    try {
      return new ObjectMapper().readTree(dashboard.toFile());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Stream<Panel> panels() throws IOException {
    return dashboards()
        .flatMap(file ->
            elements(read(file).path("panels"))
                .map(json -> new Panel(String.valueOf(file.getFileName()), json)));
  }

  static Stream<Panel> plots() throws IOException {
    return panels().filter(panel -> !panel.isRow());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardIsOneOfTheClassicModel(Path file) {
    JsonNode dashboard = read(file);

    assertThat(dashboard.path("uid").asText()).matches("[a-zA-Z0-9_-]{1,40}");
    assertThat(dashboard.path("title").asText()).isNotBlank();
    assertThat(dashboard.path("id").isMissingNode() || dashboard.path("id").isNull()).isTrue();
    assertThat(dashboard.path("schemaVersion").asInt()).isBetween(36, 42);
    assertThat(dashboard.path("version").isInt()).isTrue();
    assertThat(dashboard.path("refresh").asText()).matches("[1-9][0-9]*[smh]");
    assertThat(dashboard.at("/time/from").asText()).matches("now-[1-9][0-9]*[mhd]");
    assertThat(dashboard.at("/time/to").asText()).isEqualTo("now");
    assertThat(dashboard.path("tags").isArray()).isTrue();
  }

  @Test
  void noTwoDashboardsHaveOneName() throws IOException {
    assertThat(dashboards().map(file -> read(file).path("uid").asText())).doesNotHaveDuplicates();
    assertThat(dashboards().map(file -> read(file).path("title").asText()))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyVariableIsDeclaredBeforeItIsUsed(Path file) throws IOException {
    Set<String> declared = new HashSet<>();
    for (JsonNode variable : read(file).at("/templating/list")) {
      assertThat(variable.path("type").asText()).isIn("datasource", "query");
      VARIABLE
          .matcher(variable.toString())
          .results()
          .forEach(used -> assertThat(declared).contains(used.group(1)));
      assertThat(declared.add(variable.path("name").asText())).as("%s", variable).isTrue();
    }
    assertThat(declared).contains("datasource");
    assertThat(VARIABLE.matcher(Files.readString(file)).results().map(used -> used.group(1)))
        .isSubsetOf(declared);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelHasAPlaceOfItsOwn(Path file) {
    Map<String, String> taken = new HashMap<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : read(file).path("panels")) {
      String title = panel.path("title").asText();
      JsonNode place = panel.path("gridPos");
      int x = place.required("x").intValue();
      int width = place.required("w").intValue();
      int y = place.required("y").intValue();
      int height = place.required("h").intValue();
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", title).isTrue();
      assertThat(List.of(x, COLUMNS - x - width, y, width - 1, height - 1))
          .as(title)
          .allMatch(number -> number >= 0);
      for (int column = x; column < x + width; column++) {
        for (int line = y; line < y + height; line++) {
          assertThat(taken.put(column + " " + line, title)).as("below %s", title).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void everyPanelIsOfAKindThatThereIsAndHasATitle(Panel panel) {
    assertThat(panel.json().path("type").asText()).isIn(KINDS);
    assertThat(panel.json().path("title").asText()).isNotBlank();
    if (panel.isRow()) {
      assertThat(panel.json().path("collapsed").isBoolean()).isTrue();
      assertThat(panel.json().path("panels")).isEmpty();
      assertThat(panel.json().at("/gridPos/w").asInt()).isEqualTo(COLUMNS);
      assertThat(panel.json().at("/gridPos/h").asInt()).isOne();
    }
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everyPlotAsksTheDataSourceThatIsChosen(Panel panel) {
    assertThat(panel.json().path("datasource")).hasToString(DATA_SOURCE);
    assertThat(panel.targets()).isNotEmpty();
    assertThat(panel.targets())
        .allMatch(it -> it.path("datasource").toString().equals(DATA_SOURCE));
    assertThat(panel.targets().map(it -> it.path("refId").asText()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Z]"));
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everyNumberIsShownInItsUnit(Panel panel) {
    assertThat(panel.json().at("/fieldConfig/defaults/unit").asText()).isNotBlank();
    assertThat(panel.targets())
        .allSatisfy(target ->
            assertThat(panel.unit(target))
                .as("%s", target.path("expr"))
                .isIn(UNITS.get(series(target).quantity())));
  }

  private static Series series(JsonNode target) {
    return PromQl.of(target.path("expr").asText());
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everySeriesIsNamedByLabelsThatItHas(Panel panel) {
    assertThat(panel.targets())
        .allSatisfy(target -> {
          String legend = target.path("legendFormat").asText();
          Set<String> labels = series(target).labels();
          assertThat(LEGEND.matcher(legend).results().map(found -> found.group(1).strip()))
              .isSubsetOf(labels);
          if (panel.is("timeseries")) {
            assertThat(legend).isNotBlank();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everyKindOfPlotHasWhatItNeeds(Panel panel) {
    JsonNode options = panel.json().path("options");
    if (panel.is("stat")) {
      assertThat(options.at("/reduceOptions/calcs")).isNotEmpty();
      assertThat(panel.json().at("/fieldConfig/defaults/thresholds/steps/0/value").isNull())
          .isTrue();
    } else if (panel.is("timeseries")) {
      assertThat(options.at("/legend/displayMode").asText()).isIn("list", "table", "hidden");
      assertThat(options.at("/legend/placement").asText()).isIn("bottom", "right");
      assertThat(options.at("/tooltip/mode").asText()).isIn("single", "multi", "none");
    } else {
      assertThat(panel.targets())
          .allMatch(it -> it.path("format").asText().equals("table"))
          .allMatch(it -> it.path("instant").asBoolean());
      assertThat(elements(panel.json().path("transformations")))
          .allMatch(it -> it.path("id").asText().equals("organize"));
    }
  }

  /// The expressions of the rules for alerts, each on one line.
  static Stream<String> rules() throws IOException {
    return Pattern.compile("(?m)^        expr: (?:\\|\n((?: {10}.*\n)+)|(.*)\n)")
        .matcher(Files.readString(HOME.resolve("deploy/prometheus/alerts.yml")))
        .results()
        .map(rule -> rule.group(1) == null ? rule.group(2) : rule.group(1));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleForAnAlertMakesSense(String expression) {
    assertThat(PromQl.of(expression)).isNotNull();
  }

  @Test
  void everyRuleIsRead() throws IOException {
    long expressions =
        Files.readString(HOME.resolve("deploy/prometheus/alerts.yml"))
            .lines()
            .filter(line -> line.strip().startsWith("expr:"))
            .count();

    assertThat(rules()).hasSize((int) expressions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "session_pro_proofs_total ~ is a counter",
        "session_pro_proofs_total > 1 ~ is a counter",
        "session_pro_proofs_total[5m] > 0 ~ is a stretch of time",
        "sum(session_pro_proofs_total) ~ adds up",
        "rate(session_pro_ready[5m]) ~ not for that kind",
        "max_over_time(session_pro_proofs_total[5m]) ~ not for that kind",
        "rate(session_pro_proofs_total) ~ needs a stretch of time",
        "session_pro_ready[5m] ~ is a stretch of time",
        "rate(session_pro_proofs_total[5]) ~ no such stretch of time",
        "sum by (store) (session_pro_ready) ~ has no such labels",
        "histogram_quantile(0.5, rate(session_pro_proofs_total[5m])) ~ is no rate of buckets",
        "histogram_quantile(0.5, sum(rate(session_pro_store_call_duration_seconds_bucket[5m])))"
            + " ~ loses the bounds",
        "sum by (store) (session_pro_store_closed) > 0 or vector(0) ~ falls back on a constant",
        "session_pro_ready + session_pro_revocation_list_age_seconds ~ compares",
        "session_pro_unheard_of ~ no metric has a sample",
        "deriv(session_pro_ready[5m]) ~ is no function that is used here",
        "sum(session_pro_ready ~ has no )",
        "session_pro_ready) ~ goes on behind its end"
      })
  void whatMakesNoSenseIsRefused(String expression, String why) {
    assertThatThrownBy(() -> PromQl.of(expression)).hasMessageContaining(why);
  }
}
