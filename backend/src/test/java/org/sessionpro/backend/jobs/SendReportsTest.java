package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.SimulatedClock;

class SendReportsTest {
  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-03-01T22:00:00Z"));
  private final List<String> sent = new ArrayList<>();
  private boolean broken;
  private final Job.Work work =
      SendReports.job(this::reports, (_, report) -> sent.add(report), clock, Duration.ofMinutes(1))
          .work();

  private List<String> reports(Instant now) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return List.of("daily " + now, "weekly " + now);
  }

  private void runAt(String instant) {
    clock.moveTo(Instant.parse(instant));
    work.run(() -> true);
  }

  @Test
  void nothingIsSentOnTheDayOfTheStart() {
    runAt("2026-03-01T23:59:59Z");

    assertThat(sent).isEmpty();
  }

  @Test
  void theReportsOfADayAreSentOnceAfterMidnight() {
    runAt("2026-03-02T00:03:00Z");
    runAt("2026-03-02T00:08:00Z");

    assertThat(sent).containsExactly("daily 2026-03-02T00:03:00Z", "weekly 2026-03-02T00:03:00Z");
  }

  @Test
  void everyDayHasItsReports() {
    runAt("2026-03-02T00:03:00Z");
    runAt("2026-03-03T00:04:00Z");

    assertThat(sent).hasSize(4).last().isEqualTo("weekly 2026-03-03T00:04:00Z");
  }

  @Test
  void nothingIsSentInTheMiddleOfADay() {
    runAt("2026-03-02T01:00:00Z");

    assertThat(sent).isEmpty();
  }

  @Test
  void reportsThatCannotBeMadeAreTriedAgain() {
    broken = true;
    assertThatThrownBy(() -> runAt("2026-03-02T00:03:00Z"))
        .isInstanceOf(IllegalStateException.class);
    broken = false;

    runAt("2026-03-02T00:04:00Z");

    assertThat(sent).hasSize(2);
  }
}
