package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.protocol.Plan;

/// The closed sets that v0 writes as numbers, each tested whole.
class NumbersTest {
  @Test
  void statusesOfAnswers() {
    assertThat(V0Status.values()).extracting(V0Status::code).containsExactly(0, 1, 2, 100, 101);
    for (V0Status status : V0Status.values()) {
      assertThat(V0Status.ofCode(status.code())).contains(status);
    }
    assertThat(V0Status.ofCode(3)).isEmpty();
  }

  @Test
  void statesOfAnAccount() {
    assertThat(UserStatus.values()).extracting(UserStatus::number).containsExactly(0, 1, 2);
    for (UserStatus status : UserStatus.values()) {
      assertThat(UserStatus.ofNumber(status.number())).contains(status);
    }
    assertThat(UserStatus.ofNumber(3)).isEmpty();
  }

  @Test
  void statesOfAPayment() {
    assertThat(PaymentStatus.values()).extracting(PaymentStatus::number).containsExactly(2, 3, 4);
    for (PaymentStatus status : PaymentStatus.values()) {
      assertThat(PaymentStatus.ofNumber(status.number())).contains(status);
    }
    assertThat(PaymentStatus.ofNumber(1)).isEmpty();
  }

  @Test
  void plans() {
    assertThat(V0Plan.values()).extracting(V0Plan::number).containsExactly(1, 2, 3);
    assertThat(V0Plan.values())
        .extracting(plan -> plan.plan().code())
        .containsExactly("1m", "3m", "1y");
    for (V0Plan plan : V0Plan.values()) {
      assertThat(V0Plan.ofNumber(plan.number())).contains(plan);
      assertThat(V0Plan.ofDevelopmentName(plan.developmentName())).contains(plan);
      assertThat(V0Plan.of(plan.plan(), Duration.ZERO)).isEqualTo(plan);
    }
    assertThat(V0Plan.ofNumber(0)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "1m, P400D, ONE_MONTH",
    "3m, P1D, THREE_MONTHS",
    "1y, P1D, TWELVE_MONTHS",
    "12m, P1D, TWELVE_MONTHS",
    "lifetime, P1D, TWELVE_MONTHS",
    "7d, P7D, ONE_MONTH",
    "45d, P45D, ONE_MONTH",
    "45d, P45DT0.001S, THREE_MONTHS",
    "2m, P60D, THREE_MONTHS",
    "6m, P180D, THREE_MONTHS",
    "6m, P180DT0.001S, TWELVE_MONTHS",
    "2y, P730D, TWELVE_MONTHS"
  })
  void planIsShownByItsNameOrElseByItsLength(String code, Duration length, V0Plan shown) {
    assertThat(V0Plan.of(new Plan(code), length)).isEqualTo(shown);
  }
}
