package org.sessionpro.backend.http.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;

/// Which protocol answers on the paths that both use, and what no protocol can be seen in
/// (`decisions.md` §1).
class WhichProtocolTest extends EndpointTest {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] NOT_UTF_8 = "{\"version\":0,\"x\":\"\u00ff\"}".getBytes(ISO_8859_1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"ts":1}                           | v1
          {"ts":1,"version":0}               | v1
          {"version":0,"ts":1}               | v1
          {"ts":1,"unix_ts_ms":1}            | v1
          {"unix_ts_ms":1,"version":0,"ts":1}| v1
          {"ts":null}                        | v1
          {"ts":{},"version":0}              | v1
          {"\\u0074s":1,"version":0}         | v1
          {"ts":1,"ts":2,"version":0}        | v1
          {"ts":1,"version":0,"version":0}   | v1
          {}                                 | v1
          {"other":0}                        | v1
          {"other":{"version":0}}            | v1
          {"other":[{"unix_ts_ms":0}]}       | v1
          {"Version":0}                      | v1
          {"unix_ts_ms":1}                   | v0
          {"version":0}                      | v0
          {"version":0,"unix_ts_ms":1}       | v0
          {"unix_ts_ms":1,"version":0}       | v0
          {"version":null}                   | v0
          {"unix_ts_ms":"x"}                 | v0
          {"version":7}                      | v0
          {"version":0,"version":1}          | v0
          {"unix_ts_ms":1,"unix_ts_ms":null} | v0
          {"\\u0076ersion":0}                | v0
          {"version":0,"TS":1}               | v0
          {"version":0,"ts ":1}              | v0
          {"version":0,"other":{"ts":1}}     | v0
          {"version":0,"ticket":0}           | v0
          """)
  void theMembersOfAProofRequestTell(String body, String protocol) {
    assertSpoken(v1.raw(V1Calls.PROOF, body), protocol);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"version":0}                          | v0
          {"version":0,"ticket":0}               | v0
          {"ticket":0,"version":0}               | v0
          {"version":null,"ticket":0}            | v0
          {"version":1,"ticket":0}               | v0
          {"version":0,"version":0,"ticket":0}   | v0
          {"\\u0076ersion":0,"ticket":0}         | v0
          {"ts":1,"version":0}                   | v0
          {"ticket":0}                           | v1
          {"ticket":null}                        | v1
          {"ticket":0,"ticket":1}                | v1
          {}                                     | v1
          {"ts":1}                               | v1
          {"unix_ts_ms":1,"ticket":0}            | v1
          {"ticket":0,"Version":0}               | v1
          {"ticket":0,"other":{"version":0}}     | v1
          """)
  void theMembersOfARevocationRequestTell(String body, String protocol) {
    assertSpoken(v1.raw(V1Calls.REVOCATIONS, body), protocol);
  }

  @ParameterizedTest
  @MethodSource("undecidableBodies")
  void aBodyThatTellsNothingIsAnInvalidRequestOfV1(String path, String body) {
    assertRefused(v1.raw(path, body), ErrorCode.INVALID_REQUEST);
  }

  static Stream<Arguments> undecidableBodies() {
    String tooDeep = "{\"version\":0,\"x\":" + "[".repeat(32) + "]".repeat(32) + "}";
    return Stream.of(V1Calls.PROOF, V1Calls.REVOCATIONS)
        .flatMap(path ->
            Stream.of(
                    "",
                    " \n",
                    "null",
                    "true",
                    "1",
                    "\"version\"",
                    "[]",
                    "[{\"version\":0}]",
                    "{bad",
                    "{\"version\":0",
                    "{\"version\":0}x",
                    "{\"version\":0,}",
                    "{\"version\":NaN}",
                    "{'version':0}",
                    "{\"version\":00}",
                    "{\"version\":0} {\"ts\":0}",
                    tooDeep)
                .map(body -> Arguments.of(path, body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {V1Calls.PROOF, V1Calls.REVOCATIONS})
  void aBodyThatIsNotUtf8IsAnInvalidRequestOfV1(String path) {
    assertRefused(caller.post(path, NOT_UTF_8), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void theDeepestNestingThatIsReadIs32() {
    String deep = "{\"version\":0,\"ticket\":0,\"x\":" + "[".repeat(31) + "]".repeat(31) + "}";

    V0Calls.assertOk(v0.raw(V0Calls.REVOCATIONS, deep));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"ts\":1}", "{\"version\":0}", "{}", "[]"})
  void pathsOfOneProtocolSpeakNoOther(String body) {
    assertSpoken(v1.raw(V0Calls.DETAILS, body), "v0");
    assertSpoken(v1.raw(V1Calls.STATUS, body), "v1");
    assertSpoken(v1.raw(V1Calls.PAYMENTS, body), "v1");
  }

  @Test
  void aByteOrderMarkIsSkippedOnEveryRoute() {
    shop.voucher(alice, 30);
    Map<String, List<byte[]>> requests = requests(alice);

    requests.forEach((path, bodies) ->
        bodies.forEach(body -> {
          Answer plain = caller.post(path, body);
          assertThat(plain.json().path("status").asText()).as(path).isIn("0", "ok");
          assertThat(caller.post(path, marked(body)).json().path("status"))
              .as(path)
              .isEqualTo(plain.json().path("status"));
        }));
  }

  @Test
  void theOrderOfMembersChangesNothing() {
    shop.voucher(alice, 30);

    requests(alice)
        .forEach((path, bodies) ->
            bodies.forEach(body -> {
              Answer reversed = caller.post(path, reversed(body));
              assertThat(reversed.json().path("status").asText()).as(path).isIn("0", "ok");
            }));
  }

  @Test
  void theLastOfDuplicateMembersCounts() {
    assertThat(v1.raw(V1Calls.REVOCATIONS, "{\"ticket\":null,\"ticket\":0}").json())
        .isEqualTo(v1.revocations(0).json());
    assertThat(v0.raw(V0Calls.REVOCATIONS, "{\"version\":9,\"ticket\":0,\"version\":0}").json())
        .isEqualTo(v0.revocations(0).json());
    assertRefused(
        v1.raw(V1Calls.REVOCATIONS, "{\"ticket\":0,\"ticket\":null}"), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void membersThatNobodyKnowsAreIgnored() {
    V1Calls.assertOk(v1.raw(V1Calls.REVOCATIONS, "{\"ticket\":0,\"x\":{\"y\":[1.5e3,null]}}"));
    V0Calls.assertOk(
        v0.raw(V0Calls.REVOCATIONS, "{\"ticket\":0,\"version\":0,\"x\":{\"y\":[1.5e3,null]}}"));
  }

  private static void assertSpoken(Answer answer, String protocol) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json().path("status").isIntegralNumber() ? "v0" : "v1")
        .as(answer.text())
        .isEqualTo(protocol);
  }

  /// A good request for every JSON route, of each protocol that it speaks.
  private Map<String, List<byte[]>> requests(Person person) {
    return Map.of(
        V1Calls.PROOF,
        List.of(
            GenerateProProofRequest.sign(person.master(), person.rotating(), backend.now())
                .toJson(),
            org.sessionpro.protocol.v0.GenerateProProofRequest.sign(
                    RunningBackend.CRYPTO, person.master(), person.rotating(), backend.now())
                .toJson()),
        V1Calls.REVOCATIONS,
        List.of(
            "{\"ticket\":0,\"x\":1}".getBytes(UTF_8),
            "{\"ticket\":0,\"version\":0}".getBytes(UTF_8)),
        V1Calls.STATUS,
        List.of(GetProStatusRequest.sign(person.master(), backend.now()).toJson()),
        V1Calls.PAYMENTS,
        List.of(
            GetPaymentDetailsRequest.sign(person.master(), backend.now(), DecimalInteger.of(1), "")
                .toJson()),
        V0Calls.DETAILS,
        List.of(
            GetProDetailsRequest.sign(RunningBackend.CRYPTO, person.master(), backend.now(), 1)
                .toJson()));
  }

  private static byte[] marked(byte[] body) {
    byte[] marked = new byte[BYTE_ORDER_MARK.length + body.length];
    System.arraycopy(BYTE_ORDER_MARK, 0, marked, 0, BYTE_ORDER_MARK.length);
    System.arraycopy(body, 0, marked, BYTE_ORDER_MARK.length, body.length);
    return marked;
  }

  /// The same members, last one first.
  private static byte[] reversed(byte[] body) {
    List<String> members =
        Answer.json(new String(body, UTF_8))
            .propertyStream()
            .map(member -> "\"%s\":%s".formatted(member.getKey(), member.getValue()))
            .toList();
    return ("{" + String.join(",", members.reversed()) + "}").getBytes(UTF_8);
  }
}
