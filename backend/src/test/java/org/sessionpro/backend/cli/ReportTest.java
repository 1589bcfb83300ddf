package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  private static final Report EVERYTHING =
      Report.empty()
          .text("zebra", "text")
          .number("count", -3)
          .flag("auto_renewing", true)
          .moment("expiry_ts", Instant.parse("2026-03-01T00:00:00.9Z"))
          .span("grace_period_duration", Duration.ofHours(36))
          .absent("apple")
          .rows(
              "items",
              List.of(
                  Report.empty().text("plan", "1m").flag("revoked", false),
                  Report.empty().text("plan", "12m").flag("revoked", true)));

  @Test
  void programsGetOneObjectInTheOrderOfTheReport() {
    assertThat(new String(EVERYTHING.json(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"zebra":"text","count":-3,"auto_renewing":true,"expiry_ts":1772323200,\
            "grace_period_duration":129600,"apple":null,\
            "items":[{"plan":"1m","revoked":false},{"plan":"12m","revoked":true}]}\
            """);
  }

  @Test
  void peopleGetAlignedLinesAndTables() {
    assertThat(EVERYTHING.lines())
        .isEqualTo(
            """
            Zebra          text
            Count          -3
            Auto renewing  yes
            Expiry         2026-03-01T00:00:00Z
            Grace period   1 d 12 h
            Apple          -

            Items: 2
              Plan  Revoked
              1m    no
              12m   yes
            """);
  }

  @Test
  void anEmptyTableIsACount() {
    assertThat(Report.empty().rows("items", List.of()).lines()).isEqualTo("Items: 0\n");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "3600, 1 h", "90061, 1 d 1 h 1 min 1 s", "-1, -1 s"})
  void spansAreShownInTheirUnits(long seconds, String shown) {
    assertThat(Report.empty().span("x_duration", Duration.ofSeconds(seconds)).lines())
        .isEqualTo("X  " + shown + "\n");
  }

  @Test
  void anEmptyTextIsADash() {
    assertThat(Report.empty().text("x", "").lines()).isEqualTo("X  -\n");
  }

  @Test
  void theDistanceOfAnInstantIsForPeopleOnly() {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    Report report = Report.empty().moment("end_ts", now.plus(Duration.ofHours(76)), now);

    assertThat(report.lines()).isEqualTo("End  2026-03-04T04:00:00Z (in 3 d 4 h)\n");
    assertThat(new String(report.json(), StandardCharsets.UTF_8))
        .isEqualTo("{\"end_ts\":1772596800}");
  }

  @Test
  void instantsAndSpansThatAreNotThereAreAbsent() {
    Report report =
        Report.empty()
            .moment("at_ts", null)
            .moment("end_ts", null, Instant.EPOCH)
            .span("rest_duration", null);

    assertThat(report.lines()).isEqualTo("At    -\nEnd   -\nRest  -\n");
    assertThat(new String(report.json(), StandardCharsets.UTF_8))
        .isEqualTo("{\"at_ts\":null,\"end_ts\":null,\"rest_duration\":null}");
  }

  private static final Report WIDE =
      Report.empty()
          .text("note", "x".repeat(50))
          .rows(
              "items",
              List.of(Report.empty().text("id", "123").text("why", "a long story of nothing")));

  @Test
  void aTableIsCutToTheWidthOfTheTerminal() {
    assertThat(WIDE.lines(20))
        .endsWith(
            """
            Items: 1
              Id   Why
              123  a long story…
            """);
  }

  @Test
  void aTableOfTooManyColumnsGoesOnBelow() {
    Report row =
        Report.empty()
            .text("id", "7")
            .text("why", "no")
            .text("error", "none at all")
            .text("to_do", "something");

    assertThat(Report.empty().rows("items", List.of(row)).lines(19))
        .isEqualTo(
            """
            Items: 1
              Id  Why
              7   no
              Id  Error
              7   none at all
              Id  To do
              7   something
            """);
  }

  @Test
  void aTableThatFitsIsWhole() {
    assertThat(WIDE.lines(30)).isEqualTo(WIDE.lines());
  }

  @Test
  void aColumnKeepsSomethingOfItself() {
    assertThat(WIDE.lines(1)).endsWith("  Id   Why\n  123  a lon…\n");
  }
}
