package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;

/// The input rules of `wire-v0.md` §3 on every member of every request.
class RequestParsingTest {
  private static final long MAX_MILLIS = Long.MAX_VALUE;

  static Stream<Arguments> integers() {
    return members(Endpoint::integers);
  }

  static Stream<Arguments> hexMembers() {
    return members(Endpoint::hex);
  }

  private static Stream<Arguments> members(Function<Endpoint, List<String>> list) {
    return Arrays.stream(Endpoint.values())
        .flatMap(e -> list.apply(e).stream().map(pointer -> Arguments.of(e, pointer)));
  }

  @ParameterizedTest
  @EnumSource
  void sampleIsRight(Endpoint endpoint) {
    assertThat(endpoint.parse(endpoint.sample().toJson())).isEqualTo(endpoint.sample());
  }

  @ParameterizedTest
  @MethodSource({"integers", "hexMembers"})
  void missingMemberIsNamed(Endpoint endpoint, String pointer) {
    byte[] body = JsonEdit.without(endpoint.sample().toJson(), pointer);
    assertThat(problems(endpoint, body)).containsExactly(name(pointer) + " is missing");
  }

  @ParameterizedTest
  @MethodSource("integers")
  void onlyAnIntegerTokenIsAnInteger(Endpoint endpoint, String pointer) {
    for (String other :
        List.of("\"0\"", "0.0", "0e0", "1E3", "true", "false", "null", "[]", "{}")) {
      byte[] body = withRaw(endpoint, pointer, other);
      assertThat(problems(endpoint, body))
          .as(other)
          .containsExactly(name(pointer) + " must be an integer");
    }
  }

  @ParameterizedTest
  @MethodSource("hexMembers")
  void onlyAStringIsAString(Endpoint endpoint, String pointer) {
    for (String other : List.of("0", "1.5", "true", "null", "[]", "{}")) {
      byte[] body = withRaw(endpoint, pointer, other);
      assertThat(problems(endpoint, body))
          .as(other)
          .containsExactly(name(pointer) + " must be a string");
    }
  }

  @ParameterizedTest
  @MethodSource("hexMembers")
  void hexHasAnExactLengthAndNothingButDigits(Endpoint endpoint, String pointer) {
    int digits = pointer.endsWith("_sig") ? 128 : 64;
    for (String other :
        List.of(
            "",
            "ab",
            "a".repeat(digits - 1),
            "a".repeat(digits + 1),
            "a".repeat(digits + 2),
            "0x" + "a".repeat(digits),
            "0x" + "a".repeat(digits - 2),
            "g".repeat(digits),
            " " + "a".repeat(digits - 1),
            "aa ".repeat(digits).substring(0, digits),
            "a".repeat(digits - 1) + "\\n",
            "\\uff11".repeat(digits),
            "\\ud800".repeat(digits))) {
      byte[] body = withRaw(endpoint, pointer, '"' + other + '"');
      assertThat(problems(endpoint, body))
          .as(other)
          .containsExactly(name(pointer) + " must be " + digits + " hex digits");
    }
  }

  @ParameterizedTest
  @MethodSource("hexMembers")
  void hexMayBeOfEitherCase(Endpoint endpoint, String pointer) {
    int digits = pointer.endsWith("_sig") ? 128 : 64;
    byte[] upper = withRaw(endpoint, pointer, '"' + "AB".repeat(digits / 2) + '"');
    byte[] lower = withRaw(endpoint, pointer, '"' + "ab".repeat(digits / 2) + '"');
    assertThat(endpoint.parse(upper)).isEqualTo(endpoint.parse(lower));
  }

  @ParameterizedTest
  @EnumSource
  void onlyVersionZeroIsSpoken(Endpoint endpoint) {
    for (String other : List.of("1", "-1", "256", "18446744073709551616")) {
      byte[] body = withRaw(endpoint, "/version", other);
      assertThat(problems(endpoint, body)).as(other).containsExactly("version must be 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void unknownMembersAreIgnored(Endpoint endpoint) {
    byte[] body = JsonEdit.with(endpoint.sample().toJson(), "/extra", "{\"version\":9}");
    assertThat(endpoint.parse(body)).isEqualTo(endpoint.sample());
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "REFUND"})
  void paymentMustBeAnObject(Endpoint endpoint) {
    for (String other : List.of("0", "\"x\"", "null", "[]", "true")) {
      byte[] body = withRaw(endpoint, "/payment_tx", other);
      assertThat(problems(endpoint, body))
          .as(other)
          .containsExactly("payment_tx must be an object", "payment_tx.provider is missing");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "REFUND"})
  void providerIsOneOfTheTwoStores(Endpoint endpoint) {
    for (String other : List.of("0", "3", "4", "-1", "257", "4294967297", "18446744073709551617")) {
      byte[] body = withRaw(endpoint, "/payment_tx/provider", other);
      assertThat(problems(endpoint, body))
          .as(other)
          .containsExactly("payment_tx.provider must be 1 or 2");
    }
  }

  @Test
  void refundOfGoogleIsReadForDevelopmentServers() {
    V0Request refund = Samples.refund(Samples.GOOGLE);
    assertThat(Endpoint.REFUND.parse(refund.toJson())).isEqualTo(refund);
  }

  static Stream<Arguments> ids() {
    return Stream.of(Endpoint.ADD, Endpoint.REFUND)
        .flatMap(e ->
            Stream.of(
                Arguments.of(e, Samples.GOOGLE, "google_payment_token"),
                Arguments.of(e, Samples.GOOGLE, "google_order_id"),
                Arguments.of(e, Samples.APPLE, "apple_tx_id")));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void idOfTheProviderIsAString(Endpoint endpoint, PaymentTx.Claimable payment, String id) {
    byte[] body = naming(endpoint, payment);
    String pointer = "/payment_tx/" + id;
    assertThat(problems(endpoint, JsonEdit.without(body, pointer)))
        .containsExactly(name(pointer) + " is missing");
    assertThat(problems(endpoint, JsonEdit.with(body, pointer, "5")))
        .containsExactly(name(pointer) + " must be a string");
  }

  @ParameterizedTest
  @MethodSource("ids")
  void idHasAtMost2048Bytes(Endpoint endpoint, PaymentTx.Claimable payment, String id) {
    byte[] body = naming(endpoint, payment);
    String pointer = "/payment_tx/" + id;
    for (String longest : List.of("x".repeat(2048), "\u00e9".repeat(1024), "")) {
      assertThat(problems(endpoint, JsonEdit.with(body, pointer, '"' + longest + '"'))).isEmpty();
    }
    for (String tooLong : List.of("x".repeat(2049), "\u00e9".repeat(1024) + "x")) {
      assertThat(problems(endpoint, JsonEdit.with(body, pointer, '"' + tooLong + '"')))
          .containsExactly(name(pointer) + " must have at most 2048 bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void idIsWellFormed(Endpoint endpoint, PaymentTx.Claimable payment, String id) {
    String marked =
        new String(
            JsonEdit.with(naming(endpoint, payment), "/payment_tx/" + id, "\"@\""),
            StandardCharsets.UTF_8);
    for (String unpaired : List.of("\\ud83d", "\\ude00", "\\ude00\\ud83d")) {
      byte[] body = marked.replace("@", unpaired).getBytes(StandardCharsets.UTF_8);
      assertThat(problems(endpoint, body))
          .containsExactly("payment_tx." + id + " must be well-formed Unicode");
    }
    byte[] paired = marked.replace("@", "\\ud83d\\ude00").getBytes(StandardCharsets.UTF_8);
    assertThat(problems(endpoint, paired)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775808", "1000000000000000000000000000000"})
  void timestampIsAPositiveLong(String other) {
    for (Endpoint endpoint : List.of(Endpoint.GENERATE, Endpoint.DETAILS, Endpoint.REFUND)) {
      assertThat(problems(endpoint, withRaw(endpoint, "/unix_ts_ms", other)))
          .containsExactly("unix_ts_ms must lie between 0 and " + MAX_MILLIS);
    }
  }

  @Test
  void timestampMayBeAnywhereInItsRange() {
    for (long millis : new long[] {0, MAX_MILLIS}) {
      byte[] body = withRaw(Endpoint.GENERATE, "/unix_ts_ms", Long.toString(millis));
      Instant now = Instant.ofEpochMilli(millis);
      GenerateProProofRequest request = GenerateProProofRequest.parse(JsonObject.parse(body), now);
      assertThat(request.timestamp()).isEqualTo(now);
    }
  }

  @Test
  void timeOfTheRefundIsAPositiveLong() {
    String pointer = "/refund_requested_unix_ts_ms";
    for (String good : List.of("0", Long.toString(MAX_MILLIS))) {
      assertThat(problems(Endpoint.REFUND, withRaw(Endpoint.REFUND, pointer, good))).isEmpty();
    }
    for (String bad : List.of("-1", "9223372036854775808")) {
      assertThat(problems(Endpoint.REFUND, withRaw(Endpoint.REFUND, pointer, bad)))
          .containsExactly(name(pointer) + " must lie between 0 and " + MAX_MILLIS);
    }
  }

  @Test
  void countIsAnUnsigned32BitNumber() {
    for (String good : List.of("0", "1", "4294967295")) {
      assertThat(problems(Endpoint.DETAILS, withRaw(Endpoint.DETAILS, "/count", good))).isEmpty();
    }
    for (String bad : List.of("-1", "4294967296", "18446744073709551616")) {
      assertThat(problems(Endpoint.DETAILS, withRaw(Endpoint.DETAILS, "/count", bad)))
          .containsExactly("count must lie between 0 and 4294967295");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-5",
        "4294967296",
        "-1" + "0000000000000000000",
        "1" + "0000000000000000000000"
      })
  void ticketIsAnyInteger(String ticket) {
    byte[] body = withRaw(Endpoint.REVOCATIONS, "/ticket", ticket);
    assertThat(new String(Endpoint.REVOCATIONS.parse(body).toJson(), StandardCharsets.UTF_8))
        .isEqualTo("{\"ticket\":" + ticket + ",\"version\":0}");
  }

  @Test
  void timestampOutOfToleranceIsAProblemLikeAnyOther() {
    for (Endpoint endpoint : List.of(Endpoint.GENERATE, Endpoint.DETAILS, Endpoint.REFUND)) {
      byte[] stale = withRaw(endpoint, "/unix_ts_ms", "1771999929999");
      byte[] staleAndWrong = JsonEdit.with(stale, "/version", "1");
      assertThat(problems(endpoint, stale))
          .containsExactly("unix_ts_ms is too far from the time of the server");
      assertThat(problems(endpoint, staleAndWrong))
          .containsExactlyInAnyOrder(
              "version must be 0", "unix_ts_ms is too far from the time of the server");
    }
  }

  @Test
  void exactly70SecondsAreAcceptedByGenerateOnly() {
    for (String edge : List.of("1771999930000", "1772000070000")) {
      assertThat(problems(Endpoint.GENERATE, withRaw(Endpoint.GENERATE, "/unix_ts_ms", edge)))
          .isEmpty();
      for (Endpoint endpoint : List.of(Endpoint.DETAILS, Endpoint.REFUND)) {
        assertThat(problems(endpoint, withRaw(endpoint, "/unix_ts_ms", edge))).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anythingMissingHidesWhatTheOthersSay(Endpoint endpoint) {
    String last = endpoint.integers().getLast();
    byte[] body = JsonEdit.with(endpoint.sample().toJson(), "/version", "1");
    assertThat(problems(endpoint, JsonEdit.without(body, last)))
        .containsExactly(name(last) + " is missing");
  }

  @ParameterizedTest
  @EnumSource
  void allMembersAreCheckedBeforeTheFirstStageEnds(Endpoint endpoint) {
    byte[] body = endpoint.sample().toJson();
    for (String pointer : endpoint.integers()) {
      body = JsonEdit.with(body, pointer, "true");
    }
    for (String pointer : endpoint.hex()) {
      body = JsonEdit.with(body, pointer, "0");
    }
    assertThat(problems(endpoint, body))
        .hasSize(endpoint.integers().size() + endpoint.hex().size());
  }

  @ParameterizedTest
  @EnumSource
  void allMembersAreCheckedBeforeTheSecondStageEnds(Endpoint endpoint) {
    byte[] body = endpoint.sample().toJson();
    for (String pointer : endpoint.integers()) {
      body = JsonEdit.with(body, pointer, "-1");
    }
    for (String pointer : endpoint.hex()) {
      body = JsonEdit.with(body, pointer, "\"x\"");
    }
    // A ticket may be anything.
    int harmless = endpoint == Endpoint.REVOCATIONS ? 1 : 0;
    assertThat(problems(endpoint, body))
        .hasSize(endpoint.integers().size() + endpoint.hex().size() - harmless);
  }

  private static byte[] naming(Endpoint endpoint, PaymentTx.Claimable payment) {
    V0Request request = endpoint == Endpoint.ADD ? Samples.add(payment) : Samples.refund(payment);
    return request.toJson();
  }

  /// Puts `token` into the body as it stands: a tree would write numbers its own way.
  private static byte[] withRaw(Endpoint endpoint, String pointer, String token) {
    String marked =
        new String(
            JsonEdit.with(endpoint.sample().toJson(), pointer, "\"@\""), StandardCharsets.UTF_8);
    return marked.replace("\"@\"", token).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> problems(Endpoint endpoint, byte[] body) {
    BadRequest refused = catchThrowableOfType(BadRequest.class, () -> endpoint.parse(body));
    return refused == null
        ? List.of()
        : refused.problems().stream().map(BadRequest.Problem::text).toList();
  }

  private static String name(String pointer) {
    return pointer.substring(1).replace('/', '.');
  }
}
