package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds of every proof expiry and of every count of proofs (`entitlement.md` §9).
class ProofPropertiesTest {
  private static final Duration MICRO = Duration.ofNanos(1_000);

  private static Instant instant(Random random) {
    return Payments.T.plus(Duration.ofNanos(1_000 * random.nextLong(100L * 86_400 * 1_000_000)));
  }

  private static Instant capped(Instant ts, Instant coverage) {
    Instant clamped = ts.plusSeconds(2_505_600);
    return clamped.isBefore(coverage) ? clamped : coverage;
  }

  @Test
  void anExpiryIsTheFirstGridPointBehindTheLead() {
    SeededRuns.of(
        "grid.points",
        20_000,
        random -> {
          Instant ts = instant(random);
          Instant coverage = instant(random);
          ProofOffset offset = new ProofOffset(random.nextInt(ProofOffset.COUNT));

          Instant expiry = ProofGrid.expiry(ts, coverage, offset);

          Instant lead = capped(ts, coverage).plusSeconds(3_660);
          assertThat(expiry.getNano()).isZero();
          assertThat(Math.floorMod(expiry.getEpochSecond() - offset.seconds(), 86_400)).isZero();
          assertThat(expiry).isAfterOrEqualTo(lead).isBefore(lead.plusSeconds(86_400));
          assertThat(Duration.between(ts, expiry)).isLessThan(ProofGrid.MAX_LIFETIME);
        });
  }

  @Test
  void anExpiryStaysForAPeriodAndThenStepsByOneDay() {
    SeededRuns.of(
        "grid.steps",
        20_000,
        random -> {
          Instant ts = instant(random);
          ProofOffset offset = new ProofOffset(random.nextInt(ProofOffset.COUNT));
          Instant coverage = Payments.day(1_000);
          Instant expiry = ProofGrid.expiry(ts, coverage, offset);
          Instant last = expiry.minusSeconds(2_505_600 + 3_660);

          assertThat(ProofGrid.expiry(last, coverage, offset)).isEqualTo(expiry);
          assertThat(ProofGrid.expiry(last.minusSeconds(86_400).plus(MICRO), coverage, offset))
              .isEqualTo(expiry);
          assertThat(ProofGrid.expiry(last.plus(MICRO), coverage, offset))
              .isEqualTo(expiry.plusSeconds(86_400));
        });
  }

  @Test
  void anExpiryNeverFallsAsTimeOrCoverageGoOn() {
    SeededRuns.of(
        "grid.order",
        20_000,
        random -> {
          Instant ts = instant(random);
          Instant coverage = instant(random);
          ProofOffset offset = new ProofOffset(random.nextInt(ProofOffset.COUNT));
          Duration more = Duration.ofNanos(random.nextLong(3_000_000_000_000_000L));

          Instant expiry = ProofGrid.expiry(ts, coverage, offset);

          assertThat(ProofGrid.expiry(ts.plus(more), coverage, offset)).isAfterOrEqualTo(expiry);
          assertThat(ProofGrid.expiry(ts, coverage.plus(more), offset)).isAfterOrEqualTo(expiry);
        });
  }

  @Test
  void coverageThatIsTheLimitGivesOneExpiryHoweverOftenItIsAsked() {
    SeededRuns.of(
        "grid.ends",
        20_000,
        random -> {
          Instant coverage = instant(random);
          ProofOffset offset = new ProofOffset(random.nextInt(ProofOffset.COUNT));
          Instant late = coverage.minus(Duration.ofHours(random.nextInt(696)));

          assertThat(ProofGrid.expiry(late, coverage, offset))
              .isEqualTo(ProofGrid.expiry(coverage, coverage, offset));
        });
  }

  /// Compared with a count made anew from the list of what was issued.
  @Test
  void countersSayWhatWasIssuedAndNeverMoreThanTheLimit() {
    SeededRuns.of(
        "counters",
        5_000,
        random -> {
          long limit = random.nextInt(5);
          Instant expiry = Payments.day(random.nextInt(30));
          ProofCounters counters = ProofCounters.NONE;
          List<Instant> window = new ArrayList<>();
          long total = 0;
          Instant ts = Payments.T;
          for (int i = 0; i < 40; i++) {
            ts = ts.plus(Duration.ofHours(random.nextInt(60)));
            boolean opens =
                window.isEmpty() || !ts.isBefore(window.getFirst().plus(Duration.ofDays(7)));
            List<Instant> next = opens ? new ArrayList<>() : new ArrayList<>(window);
            next.add(ts);
            long inTerm = next.stream().filter(at -> !at.isAfter(expiry)).count();

            Optional<ProofCounters> issued = counters.issue(ts, expiry, limit);

            assertThat(issued.isPresent()).isEqualTo(limit == 0 || inTerm <= limit);
            if (issued.isPresent()) {
              counters = issued.get();
              window = next;
              total++;
              assertThat(counters)
                  .isEqualTo(
                      new ProofCounters(total, next.size(), next.size() - inTerm, next.getFirst()));
            }
          }
          assertThat(counters.reset()).isEqualTo(new ProofCounters(total, 0, 0, null));
        });
  }
}
