package org.sessionpro.backend.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTextTest {
  private static final Instant NOW = Instant.parse("2026-11-27T02:50:00.25Z");
  private static final PeriodReport WEEKS = Reports.of(Timetable.around(Cadence.WEEKLY, 2, 0, NOW));

  @Test
  void aTableHasTheLayoutOfTheFirstServer() {
    String dashes = "-".repeat(163);

    assertThat(ReportText.table(WEEKS, Column.OF_V0, Integer.MAX_VALUE))
        .isEqualTo(
            """
            WEEKLY REPORT
            %s
            Period             Active Users   Unredeemed   New Subs   Google   Apple   Rangeproof    Plan 1m    Plan 3m   Plan 12m    Refunds Initiated    Revoked   Cancelling
            %s
            2026-11-23 (W48)           1000         1001       1002     1003    1004         1005       1006       1007       1008                 1010       1011         1012 *
            2026-11-16 (W47)           2000         2001       2002     2003    2004         2005       2006       2007       2008                 2010       2011         2012
            * not over: until 2026-11-27T02:50:00Z
            """
                .formatted(dashes, dashes));
  }

  @Test
  void aTableIsContinuedBelowWhereALineIsTooShort() {
    assertThat(ReportText.table(WEEKS, Column.OF_V0, 80))
        .isEqualTo(
            """
            WEEKLY REPORT (1 of 3)
            %1$s
            Period             Active Users   Unredeemed   New Subs   Google   Apple
            %1$s
            2026-11-23 (W48)           1000         1001       1002     1003    1004 *
            2026-11-16 (W47)           2000         2001       2002     2003    2004

            WEEKLY REPORT (2 of 3)
            %2$s
            Period             Rangeproof    Plan 1m    Plan 3m   Plan 12m
            %2$s
            2026-11-23 (W48)         1005       1006       1007       1008 *
            2026-11-16 (W47)         2005       2006       2007       2008

            WEEKLY REPORT (3 of 3)
            %3$s
            Period              Refunds Initiated    Revoked   Cancelling
            %3$s
            2026-11-23 (W48)                 1010       1011         1012 *
            2026-11-16 (W47)                 2010       2011         2012
            * not over: until 2026-11-27T02:50:00Z
            """
                .formatted("-".repeat(72), "-".repeat(62), "-".repeat(61)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40, 80, 132})
  void noLineIsWiderThanItMayBeUnlessOneColumnIs(int width) {
    assertThat(ReportText.tables(WEEKS, width).lines())
        .allMatch(line -> line.length() <= Math.max(width, 40))
        .contains("* not over: until 2026-11-27T02:50:00Z");
  }

  @Test
  void everythingComesInThreeTables() {
    assertThat(ReportText.tables(WEEKS, Integer.MAX_VALUE))
        .contains("WEEKLY REPORT\n", "\nWEEKLY SUBSCRIBERS\n", "\nWEEKLY ACTIVE USERS\n")
        .contains(Column.ALL.stream().map(Column::title).toList());
  }

  @Test
  void csvOfAServerHasItsColumnsAndNoOther() {
    assertThat(ReportText.csv(WEEKS, Column.OF_V1))
        .isEqualTo(
            "Period,Active Users,Unredeemed,New Subs,Google,Apple,Foundation,Plan 1m,Plan 3m,Plan 12m,"
                + "Revoked,Cancelling\r\n"
                + "2026-11-23 (W48),1000,1001,1002,1003,1004,1005,1006,1007,1008,1011,1012\r\n"
                + "2026-11-16 (W47),2000,2001,2002,2003,2004,2005,2006,2007,2008,2011,2012");
  }

  @Test
  void csvOfEverythingSaysWhichPeriodIsNotOver() {
    Timetable timetable = Timetable.around(Cadence.DAILY, 2, 1, NOW);

    assertThat(ReportText.csv(Reports.of(timetable)).split("\r\n"))
        .satisfiesExactly(
            header -> assertThat(header).startsWith("Period,").endsWith(",State"),
            coming -> assertThat(coming).startsWith("2026-11-28,").endsWith(",coming"),
            running -> assertThat(running).startsWith("2026-11-27,").endsWith(",running"),
            complete -> assertThat(complete).startsWith("2026-11-26,").endsWith(",complete"));
  }

  @Test
  void aTableOfPeriodsThatAreOverHasNoMarks() {
    PeriodReport ended = Reports.of(Timetable.ended(Cadence.DAILY, 2, NOW));

    assertThat(ReportText.table(ended, Column.OF_V0, Integer.MAX_VALUE)).doesNotContain("*", "+");
  }
}
