package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.credit;
import static org.sessionpro.backend.entitlement.Payments.cycle;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.CreditSchedule.Consumed;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;

class CreditScheduleTest {
  private static final RenewalAllowance NO_ALLOWANCE = new RenewalAllowance(Duration.ZERO);

  private static Map<PaymentId, Consumed> at(Instant now, RegisteredPayment... payments) {
    return CreditSchedule.consumedBy(now, List.of(payments), NO_ALLOWANCE);
  }

  private static Consumed days(long days, @Nullable Instant spentAt) {
    return new Consumed(Duration.ofDays(days), spentAt);
  }

  @Test
  void aCreditRunsFromTheMomentItIsBound() {
    assertThat(at(day(10), credit(1, T, Duration.ofDays(30))))
        .containsExactly(Map.entry(new PaymentId(1), days(10, null)));
  }

  @Test
  void aCreditEndsExactlyWhenItsLengthRanOut() {
    assertThat(at(day(100), credit(1, T, Duration.ofDays(30))))
        .containsExactly(Map.entry(new PaymentId(1), days(30, day(30))));
  }

  @Test
  void creditsAreChargedOneAfterTheOtherOldestFirst() {
    assertThat(
            at(
                day(45),
                credit(3, T, Duration.ofDays(30)),
                credit(1, T, Duration.ofDays(30)),
                credit(2, T, Duration.ofDays(30))))
        .containsExactly(
            Map.entry(new PaymentId(1), days(30, day(30))),
            Map.entry(new PaymentId(2), days(15, null)),
            Map.entry(new PaymentId(3), days(0, null)));
  }

  @Test
  void timeUnderASubscriptionIsNotCharged() {
    // entitlement.md §10: a subscription until T+30d, asked at T+35d: 5 d, however often before.
    RegisteredPayment subscription = cycle(1, "A", T, day(30), false);
    RegisteredPayment credit = credit(2, T, Duration.ofDays(30));

    assertThat(at(day(20), subscription, credit).get(new PaymentId(2))).isEqualTo(days(0, null));
    assertThat(at(day(35), subscription, credit).get(new PaymentId(2))).isEqualTo(days(5, null));
  }

  @Test
  void serviceBeforeARefundIsNotClawedBack() {
    RegisteredPayment refunded =
        cycle(1, "A", T, day(365), true).apply(new Revoked(day(60), RevokedFor.REFUND, false));

    assertThat(at(day(60), refunded, credit(2, T, Duration.ofDays(365))).get(new PaymentId(2)))
        .isEqualTo(days(0, null));
    assertThat(at(day(70), refunded, credit(2, T, Duration.ofDays(365))).get(new PaymentId(2)))
        .isEqualTo(days(10, null));
  }

  @Test
  void darkTimeBetweenTwoCreditsIsNobodys() {
    assertThat(
            at(
                day(110),
                credit(1, T, Duration.ofDays(30)),
                credit(2, day(100), Duration.ofDays(30))))
        .containsExactly(
            Map.entry(new PaymentId(1), days(30, day(30))),
            Map.entry(new PaymentId(2), days(10, null)));
  }

  @Test
  void aRevokedCreditStopsRunningWhereItWasRevoked() {
    RegisteredPayment revoked =
        credit(1, T, Duration.ofDays(30)).apply(new Revoked(day(10), RevokedFor.VOIDED, false));

    assertThat(at(day(20), revoked)).containsExactly(Map.entry(new PaymentId(1), days(10, null)));
  }

  @Test
  void servedGraceOfARenewedCycleStaysCovered() {
    RegisteredPayment first =
        cycle(1, "A", T, day(30), true)
            .apply(
                new PaymentFact.TermsStated(
                    day(30), Duration.ofDays(16), true, true, day(30), true))
            .apply(new PaymentFact.TermsStated(null, null, false, false, day(40), true));
    RegisteredPayment renewal = cycle(2, "A", day(40), day(70), true);

    assertThat(at(day(50), first, renewal, credit(3, T, Duration.ofDays(30))).get(new PaymentId(3)))
        .isEqualTo(days(0, null));
  }

  @Property
  void aLengthIsNeverChargedTwiceNorBeforeItRuns(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 60) Integer> lengths,
      @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 200) Integer> starts,
      @ForAll @IntRange(min = 0, max = 400) int asked) {
    RegisteredPayment[] payments = new RegisteredPayment[lengths.size() + starts.size()];
    for (int i = 0; i < lengths.size(); i++) {
      payments[i] = credit(i + 1, day(7L * i), Duration.ofDays(lengths.get(i)));
    }
    for (int i = 0; i < starts.size(); i++) {
      int id = lengths.size() + i;
      payments[id] = cycle(id + 1, "S" + i, day(starts.get(i)), day(starts.get(i) + 30L), false);
    }

    Map<PaymentId, Consumed> once = at(day(asked), payments);

    long served = once.values().stream().mapToLong(c -> c.amount().toDays()).sum();
    long granted = lengths.stream().mapToLong(Integer::longValue).sum();
    assertThat(served).isBetween(0L, Math.min(granted, asked));
    for (int i = 0; i < lengths.size(); i++) {
      Duration length = Duration.ofDays(lengths.get(i));
      assertThat(once)
          .hasEntrySatisfying(
              new PaymentId(i + 1),
              consumed ->
                  assertThat(consumed.spentAt() != null)
                      .isEqualTo(consumed.amount().equals(length)));
    }
  }
}
