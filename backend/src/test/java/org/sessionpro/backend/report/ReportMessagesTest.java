package org.sessionpro.backend.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportMessagesTest {
  private static List<String> due(String day) {
    return ReportMessages.due(Instant.parse(day + "T00:00:01Z")).stream()
        .map(timetable -> timetable.cadence() + " " + timetable.count())
        .toList();
  }

  @Test
  void everyDayHasItsDays() {
    assertThat(due("2026-11-27")).containsExactly("DAILY 7");
  }

  @Test
  void mondaysHaveTheirWeeksToo() {
    assertThat(due("2026-11-30")).containsExactly("DAILY 7", "WEEKLY 4");
  }

  @Test
  void theFirstOfAMonthHasItsMonthsToo() {
    assertThat(due("2026-12-01")).containsExactly("DAILY 7", "MONTHLY 3");
  }

  @Test
  void aMondayMayBeTheFirstOfAMonth() {
    assertThat(due("2027-02-01")).containsExactly("DAILY 7", "WEEKLY 4", "MONTHLY 3");
  }

  @ParameterizedTest
  @EnumSource(Cadence.class)
  void theLongestMessageIsShortEnoughToBeSent(Cadence cadence) {
    PeriodReport report =
        Reports.of(Timetable.ended(cadence, 7, Instant.parse("2026-11-27T00:00:00Z")));

    assertThat(ReportText.table(report, Column.PURCHASES, Integer.MAX_VALUE))
        .hasSizeLessThanOrEqualTo(2_000);
  }
}
