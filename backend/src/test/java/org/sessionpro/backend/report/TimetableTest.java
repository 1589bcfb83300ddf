package org.sessionpro.backend.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static List<String> labels(Timetable timetable) {
    return IntStream.range(0, timetable.count())
        .mapToObj(period -> timetable.cadence().label(timetable.day(period)))
        .toList();
  }

  @Test
  void theLastDayIsTheOneThatRuns() {
    Instant now = Instant.parse("2026-03-01T23:59:59Z");

    assertThat(labels(Timetable.around(Cadence.DAILY, 3, 0, now)))
        .containsExactly("2026-02-27", "2026-02-28", "2026-03-01");
  }

  @Test
  void weeksBeginOnMondayAndAreNumberedAsIsoWeeks() {
    Instant sunday = Instant.parse("2027-01-10T12:00:00Z");

    assertThat(labels(Timetable.around(Cadence.WEEKLY, 3, 0, sunday)))
        .containsExactly("2026-12-21 (W52)", "2026-12-28 (W53)", "2027-01-04 (W01)");
  }

  @Test
  void theFirstDaysOfAYearMayBelongToTheLastWeekOfTheOneBefore() {
    Instant friday = Instant.parse("2027-01-01T00:00:00Z");

    assertThat(labels(Timetable.around(Cadence.WEEKLY, 1, 0, friday)))
        .containsExactly("2026-12-28 (W53)");
  }

  @Test
  void monthsHaveTheirOwnLengths() {
    Instant now = Instant.parse("2028-03-31T12:00:00Z");
    Timetable months = Timetable.around(Cadence.MONTHLY, 2, 0, now);

    assertThat(labels(months)).containsExactly("2028-02", "2028-03");
    assertThat(months.periods().bounds())
        .containsExactly(
            Instant.parse("2028-02-01T00:00:00Z"),
            Instant.parse("2028-03-01T00:00:00Z"),
            Instant.parse("2028-04-01T00:00:00Z"));
  }

  @Test
  void periodsToComeFollowTheOneThatRuns() {
    Instant now = Instant.parse("2026-11-27T12:00:00Z");

    assertThat(labels(Timetable.around(Cadence.MONTHLY, 1, 2, now)))
        .containsExactly("2026-11", "2026-12", "2027-01");
  }

  @Test
  void endedPeriodsLeaveOutTheOneThatRuns() {
    Instant monday = Instant.parse("2026-11-30T00:00:05Z");

    assertThat(labels(Timetable.ended(Cadence.WEEKLY, 2, monday)))
        .containsExactly("2026-11-16 (W47)", "2026-11-23 (W48)");
  }
}
