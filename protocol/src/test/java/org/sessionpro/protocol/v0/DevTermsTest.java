package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;

class DevTermsTest {
  @Test
  void absentTermsAreOneMonthOfOneDay() {
    assertThat(DevTerms.parse(Samples.json("{}")))
        .isEqualTo(new DevTerms(V0Plan.ONE_MONTH, Duration.ofDays(1), false));
  }

  @ParameterizedTest
  @CsvSource({
    "OneMonth, ONE_MONTH",
    "ThreeMonth, THREE_MONTHS",
    "TwelveMonth, TWELVE_MONTHS",
    "onemonth, ONE_MONTH",
    "TWELVEMONTH, TWELVE_MONTHS"
  })
  void planIsNamedInAnyCase(String name, V0Plan plan) {
    assertThat(DevTerms.parse(Samples.json("{\"dev_plan\":\"" + name + "\"}")).plan())
        .isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Nil\"", "\"\"", "\"OneMonth \"", "\"1m\"", "1", "true", "null"})
  void otherPlansAreRefused(String plan) {
    assertThat(problems("{\"dev_plan\":" + plan + "}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 86_400_000, 31_536_000_000L})
  void durationIsOneMillisecondTo365Days(long millis) {
    assertThat(DevTerms.parse(Samples.json("{\"dev_duration_ms\":" + millis + "}")).duration())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "31536000001", "1.0", "true", "\"1\"", "null"})
  void otherDurationsAreRefused(String millis) {
    assertThat(problems("{\"dev_duration_ms\":" + millis + "}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void renewalIsABoolean(boolean renewing) {
    assertThat(
            DevTerms.parse(Samples.json("{\"dev_auto_renewing\":" + renewing + "}")).autoRenewing())
        .isEqualTo(renewing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "\"true\"", "null"})
  void otherRenewalsAreRefused(String renewing) {
    assertThat(problems("{\"dev_auto_renewing\":" + renewing + "}")).hasSize(1);
  }

  @Test
  void allProblemsAreNamed() {
    assertThat(problems("{\"dev_plan\":1,\"dev_duration_ms\":0,\"dev_auto_renewing\":0}"))
        .containsExactly(
            "dev_plan must be a string",
            "dev_duration_ms must lie between 1 and 31536000000",
            "dev_auto_renewing must be true or false");
  }

  @Test
  void anAddRequestIgnoresThem() {
    byte[] body = JsonEdit.with(Samples.add(Samples.GOOGLE).toJson(), "/dev_plan", "5");
    assertThat(Endpoint.ADD.parse(body)).isEqualTo(Samples.add(Samples.GOOGLE));
  }

  @Test
  void theyTravelBesideTheRequest() {
    DevTerms terms = new DevTerms(V0Plan.THREE_MONTHS, Duration.ofMinutes(1), true);
    JsonObject body = JsonObject.parse(Samples.add(Samples.GOOGLE).toJson(terms));
    assertThat(DevTerms.parse(body)).isEqualTo(terms);
    assertThat(AddProPaymentRequest.parse(body)).isEqualTo(Samples.add(Samples.GOOGLE));
  }

  @Test
  void termsOfNoLengthCannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DevTerms(V0Plan.ONE_MONTH, Duration.ofNanos(999_999), false));
  }

  private static List<String> problems(String body) {
    BadRequest refused =
        catchThrowableOfType(BadRequest.class, () -> DevTerms.parse(Samples.json(body)));
    return refused == null
        ? List.of()
        : refused.problems().stream().map(BadRequest.Problem::text).toList();
  }
}
