package org.sessionpro.protocol.v0.clients;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.v0.JsonEdit;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;

/// The checks themselves: each accepts a good answer, and for each of its rules refuses one that
/// breaks it.
class ReleasedClientsTest {
  @ParameterizedTest
  @EnumSource
  void goodAnswerIsAccepted(Parser parser) {
    assertThatCode(() -> parser.accept(parser.sample())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void refusalIsAccepted(Parser parser) {
    for (V0Status status : V0Status.values()) {
      if (status != V0Status.SUCCESS) {
        byte[] refusal = V0Answer.failure(status, "no").toJson();
        assertThatCode(() -> parser.accept(refusal)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void emptyResultsAreAccepted() {
    ReleasedClients.acceptRevocations(new V0Answer.Success<>(ProRevocations.NONE).toJson());
    ReleasedClients.acceptDetails(new V0Answer.Success<>(ProDetails.UNKNOWN).toJson());
  }

  @ParameterizedTest
  @EnumSource
  void onlyOneJsonObjectIsAnAnswer(Parser parser) {
    String good = new String(parser.sample(), StandardCharsets.UTF_8);
    for (String bad : new String[] {"", "null", "[]", "{bad", good + good, "{\"status\":NaN}"}) {
      assertRefused(parser, bad.getBytes(StandardCharsets.UTF_8), "answer");
    }
    String twice = good.replace("\"status\":0}", "\"status\":0,\"status\":0}");
    assertRefused(parser, twice.getBytes(StandardCharsets.UTF_8), "answer");
  }

  @ParameterizedTest
  @EnumSource
  void successNeedsItsResult(Parser parser) {
    assertRefused(parser, parser.edited("/result", "absent"), "result");
    assertRefused(parser, parser.edited("/result", "[]"), "result");
    assertRefused(parser, parser.edited("/result", "null"), "result");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DESKTOP_PROOF | /status                     | 1
          DESKTOP_PROOF | /t                          | 1772000000
          DESKTOP_PROOF | /result/t                   | 1772000000
          DESKTOP_PROOF | /result/version             | absent
          DESKTOP_PROOF | /result/version             | "0"
          DESKTOP_PROOF | /result/expiry_unix_ts_ms   | absent
          DESKTOP_PROOF | /result/expiry_unix_ts_ms   | "1"
          DESKTOP_PROOF | /result/gen_index_hash      | absent
          DESKTOP_PROOF | /result/gen_index_hash      | 1
          DESKTOP_PROOF | /result/gen_index_hash      | "xy"
          DESKTOP_PROOF | /result/rotating_pkey       | absent
          DESKTOP_PROOF | /result/rotating_pkey       | null
          DESKTOP_PROOF | /result/sig                 | absent
          DESKTOP_PROOF | /result/sig                 | []
          DESKTOP_LIST  | /t                          | 1
          DESKTOP_LIST  | /result/ticket              | absent
          DESKTOP_LIST  | /result/ticket              | "1"
          DESKTOP_LIST  | /result/retry_in_s          | absent
          DESKTOP_LIST  | /result/retry_in_s          | null
          DESKTOP_LIST  | /result/items               | absent
          DESKTOP_LIST  | /result/items               | {}
          DESKTOP_LIST  | /result/items/0             | 1
          DESKTOP_LIST  | /result/items/0/expiry_unix_ts_ms    | absent
          DESKTOP_LIST  | /result/items/0/expiry_unix_ts_ms    | true
          DESKTOP_LIST  | /result/items/0/effective_unix_ts_ms | absent
          DESKTOP_LIST  | /result/items/0/effective_unix_ts_ms | "1"
          DESKTOP_LIST  | /result/items/0/gen_index_hash       | absent
          DESKTOP_LIST  | /result/items/0/gen_index_hash       | 1
          IOS_LIST      | /result/ticket              | 4294967296
          IOS_LIST      | /result/ticket              | -1
          IOS_LIST      | /result/ticket              | 1.0
          ANDROID_PROOF | /status                     | "0"
          ANDROID_PROOF | /status                     | 4294967296
          ANDROID_PROOF | /result/version             | absent
          ANDROID_PROOF | /result/version             | 0.0
          ANDROID_PROOF | /result/gen_index_hash      | absent
          ANDROID_PROOF | /result/gen_index_hash      | 1
          ANDROID_PROOF | /result/rotating_pkey       | absent
          ANDROID_PROOF | /result/rotating_pkey       | "ab"
          ANDROID_PROOF | /result/sig                 | absent
          ANDROID_PROOF | /result/sig                 | "ab"
          ANDROID_PROOF | /result/expiry_unix_ts_ms   | absent
          ANDROID_PROOF | /result/expiry_unix_ts_ms   | 1.5
          ANDROID_PROOF | /result/expiry_unix_ts_ms   | 9223372036854775808
          ANDROID_ADD   | /result/sig                 | absent
          ANDROID_LIST  | /result/ticket              | absent
          ANDROID_LIST  | /result/ticket              | "1"
          ANDROID_LIST  | /result/items               | absent
          ANDROID_LIST  | /result/items               | null
          ANDROID_LIST  | /result/items/0             | []
          ANDROID_LIST  | /result/retry_in_s          | absent
          ANDROID_LIST  | /result/retry_in_s          | 1.5
          ANDROID_LIST  | /result/items/0/expiry_unix_ts_ms    | absent
          ANDROID_LIST  | /result/items/0/effective_unix_ts_ms | absent
          ANDROID_LIST  | /result/items/0/effective_unix_ts_ms | null
          ANDROID_LIST  | /result/items/0/gen_index_hash       | absent
          ANDROID_LIST  | /result/items/0/gen_index_hash       | 1
          ANDROID_DETAILS | /result/status            | absent
          ANDROID_DETAILS | /result/status            | "1"
          ANDROID_DETAILS | /result/version           | absent
          ANDROID_DETAILS | /result/version           | null
          ANDROID_DETAILS | /result/auto_renewing     | 1
          ANDROID_DETAILS | /result/expiry_unix_ts_ms | absent
          ANDROID_DETAILS | /result/items             | absent
          ANDROID_DETAILS | /result/items             | []
          ANDROID_DETAILS | /result/items/0           | 1
          ANDROID_DETAILS | /result/items/2/plan      | absent
          ANDROID_DETAILS | /result/items/2/plan      | "1"
          ANDROID_DETAILS | /result/items/1/status    | absent
          ANDROID_DETAILS | /result/items/1/status    | true
          ANDROID_DETAILS | /result/items/0/payment_provider | absent
          ANDROID_DETAILS | /result/items/0/payment_provider | 1.0
          LIBSESSION_PROOF | /status                   | absent
          LIBSESSION_PROOF | /status                   | true
          LIBSESSION_PROOF | /result/version           | absent
          LIBSESSION_PROOF | /result/version           | "0"
          LIBSESSION_PROOF | /result/expiry_unix_ts_ms | absent
          LIBSESSION_PROOF | /result/expiry_unix_ts_ms | false
          LIBSESSION_PROOF | /result/gen_index_hash    | absent
          LIBSESSION_PROOF | /result/gen_index_hash    | "abab"
          LIBSESSION_PROOF | /result/rotating_pkey     | absent
          LIBSESSION_PROOF | /result/rotating_pkey     | "0X00"
          LIBSESSION_PROOF | /result/sig               | absent
          LIBSESSION_PROOF | /result/sig               | 1
          LIBSESSION_LIST  | /result/ticket            | absent
          LIBSESSION_LIST  | /result/ticket            | "1"
          LIBSESSION_LIST  | /result/items             | absent
          LIBSESSION_LIST  | /result/items/0           | "x"
          LIBSESSION_LIST  | /result/items/0/expiry_unix_ts_ms | absent
          LIBSESSION_LIST  | /result/items/0/expiry_unix_ts_ms | "1"
          LIBSESSION_LIST  | /result/items/0/gen_index_hash    | absent
          LIBSESSION_LIST  | /result/items/0/gen_index_hash    | "ab"
          LIBSESSION_REFUND | /result/version          | absent
          LIBSESSION_REFUND | /result/version          | "0"
          LIBSESSION_REFUND | /result/updated          | absent
          LIBSESSION_REFUND | /result/updated          | 1
          """)
  void brokenMemberIsRefused(Parser parser, String pointer, String value) {
    String member = pointer.substring(pointer.lastIndexOf('/') + 1);
    String complained =
        pointer.equals("/status") && parser.name().startsWith("DESKTOP")
            ? "result"
            : member.matches("[0-9]") ? "items[" + member + "]" : member;
    assertRefused(parser, parser.edited(pointer, value), complained);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /result/status                                    | absent, null, "1", 3, -1
          /result/auto_renewing                             | absent, null, "true", 1
          /result/expiry_unix_ts_ms                         | absent, null, "1"
          /result/grace_period_duration_ms                  | absent, null, "1"
          /result/error_report                              | absent, null, "0", true
          /result/refund_requested_unix_ts_ms               | absent, null, "1"
          /result/payments_total                            | absent, null, "1"
          /result/items                                     | absent, null, {}
          /result/items/0/status                            | absent, null, "2", 5, -1
          /result/items/0/plan                              | absent, null, "1", 4, -1
          /result/items/0/payment_provider                  | absent, null, "1", 4, -1
          /result/items/0/auto_renewing                     | absent, null, "true", 0
          /result/items/0/unredeemed_unix_ts_ms             | absent, null, "1"
          /result/items/0/redeemed_unix_ts_ms               | absent, null, "1"
          /result/items/0/expiry_unix_ts_ms                 | absent, null, "1"
          /result/items/0/grace_period_duration_ms          | absent, null, "1"
          /result/items/0/platform_refund_expiry_unix_ts_ms | absent, null, "1"
          /result/items/0/revoked_unix_ts_ms                | absent, null, "1"
          /result/items/0/refund_requested_unix_ts_ms       | absent, null, "1"
          /result/items/0/google_order_id                   | null, 1
          /result/items/0/google_payment_token              | null, 1
          /result/items/1/apple_original_tx_id              | null, 1
          /result/items/1/apple_tx_id                       | null, 1
          /result/items/1/apple_web_line_order_id           | null, 1
          /result/items/2/rangeproof_order_id               | null, 1
          """)
  void brokenDetailsAreRefusedByDesktopAndLibsession(String pointer, String values) {
    String member = pointer.substring(pointer.lastIndexOf('/') + 1);
    for (String value : values.split(", ", -1)) {
      assertRefused(Parser.DESKTOP_DETAILS, Parser.DESKTOP_DETAILS.edited(pointer, value), member);
      assertRefused(
          Parser.LIBSESSION_DETAILS, Parser.LIBSESSION_DETAILS.edited(pointer, value), member);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/result/error_report, 2",
    "/result/items/0/status, 0",
    "/result/items/0/plan, 0",
    "/result/items/0/payment_provider, 0",
    "/result/items/0/google_order_id, absent",
    "/result/items/0/google_payment_token, absent",
    "/result/items/1/apple_original_tx_id, absent",
    "/result/items/1/apple_tx_id, absent",
    "/result/items/1/apple_web_line_order_id, absent",
    "/result/items/2/rangeproof_order_id, absent"
  })
  void libsessionIsNarrowerThanDesktop(String pointer, String value) {
    String member = pointer.substring(pointer.lastIndexOf('/') + 1);
    Parser.DESKTOP_DETAILS.accept(Parser.DESKTOP_DETAILS.edited(pointer, value));
    assertRefused(
        Parser.LIBSESSION_DETAILS, Parser.LIBSESSION_DETAILS.edited(pointer, value), member);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "IOS_.*")
  void iosParsesWithLibsession(Parser parser) {
    String member =
        switch (parser) {
          case IOS_LIST -> "ticket";
          case IOS_REFUND -> "updated";
          default -> "expiry_unix_ts_ms";
        };
    assertRefused(parser, parser.edited("/result/" + member, "\"1\""), member);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "IOS_.*")
  void iosTakesErrorsForFailureAndTheirAbsenceForSuccess(Parser parser) {
    assertRefused(parser, parser.edited("/errors", "[\"x\"]"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":[]}"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":[1]}"), "errors");
    parser.accept(parser.edited("/errors", "[]"));
    parser.accept(bytes("{\"status\":100,\"errors\":[]}"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "LIBSESSION_.*")
  void libsessionNeedsTheErrorsOfAFailure(Parser parser) {
    assertRefused(parser, bytes("{\"status\":1}"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":\"x\"}"), "errors");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ANDROID_.*")
  void androidTakesErrorsIfTheyAreStrings(Parser parser) {
    parser.accept(bytes("{\"status\":1}"));
    assertRefused(parser, bytes("{\"status\":1,\"errors\":[1]}"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":\"x\"}"), "errors");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "DESKTOP_.*")
  void desktopTakesAFailureWithAResultForASuccess(Parser parser) {
    assertRefused(parser, parser.edited("/status", "1"), "result");
  }

  @Test
  void androidNeedsItemsOfSubscribersOnly() {
    byte[] never = new V0Answer.Success<>(ProDetails.UNKNOWN).toJson();
    AndroidClient.acceptDetails(never);
    for (String subscriber : new String[] {"1", "2"}) {
      assertRefused(
          Parser.ANDROID_DETAILS, JsonEdit.with(never, "/result/status", subscriber), "items");
    }
  }

  @Test
  void libsessionAcceptsDetailsWithoutItems() {
    LibsessionClient.acceptDetails(
        JsonEdit.with(Parser.LIBSESSION_DETAILS.sample(), "/result/items", "[]"));
  }

  @Test
  void libsessionBearsPrefixedHex() {
    String prefixed = "\"0x" + "AB".repeat(32) + '"';
    LibsessionClient.acceptProof(
        Parser.LIBSESSION_PROOF.edited("/result/gen_index_hash", prefixed));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ALL_.*")
  void contractForbidsWhatSomeClientsBear(Parser parser) {
    assertRefused(parser, parser.edited("/extra", "null"), "extra is null");
    assertRefused(parser, parser.edited("/result/extra", "1.0"), "fraction");
    assertRefused(parser, parser.edited("/result/extra", "[{\"deep\":-1}]"), "negative");
    assertRefused(parser, parser.edited("/result/extra", "[null]"), "extra is null");
    assertRefused(parser, parser.edited("/result/extra", "9223372036854775808"), "2^63");
    assertRefused(parser, parser.edited("/result/sig", "\"0xab\""), "lower-case");
    assertRefused(parser, parser.edited("/result/rotating_pkey", "\"AB\""), "lower-case");
    assertRefused(parser, parser.edited("/result/gen_index_hash", "\"AB\""), "lower-case");
    assertRefused(parser, parser.edited("/errors", "[]"), "errors");
    assertRefused(parser, bytes("{\"status\":1}"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":[]}"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":[\"\"]}"), "errors");
    assertRefused(parser, bytes("{\"status\":1,\"errors\":[\"x\"],\"result\":{}}"), "result");
    assertRefused(parser, bytes("{\"errors\":[\"x\"]}"), "status");
  }

  @ParameterizedTest
  @CsvSource({
    "0, google_order_id, absent",
    "1, apple_tx_id, absent",
    "2, rangeproof_order_id, absent",
    "0, apple_tx_id, '\"\"'",
    "1, google_order_id, '\"\"'",
    "2, google_payment_token, '\"\"'"
  })
  void itemHoldsTheIdsOfItsProviderAndNoOthers(int item, String id, String value) {
    byte[] edited = Parser.ALL_DETAILS.edited("/result/items/" + item + "/" + id, value);
    assertRefused(Parser.ALL_DETAILS, edited, "contract: result.items[" + item + "]." + id);
  }

  @Test
  void everyClientOfAnEndpointIsAsked() {
    String shortHash = "\"abab\"";
    assertRefused(Parser.ALL_ADD, edit(Parser.ALL_ADD, "gen_index_hash", shortHash), "iOS");
    assertRefused(Parser.ALL_ADD, edit(Parser.ALL_ADD, "version", "4294967296"), "Android");
    assertRefused(Parser.ALL_PROOF, edit(Parser.ALL_PROOF, "t", "1"), "Desktop");
    assertRefused(Parser.ALL_PROOF, edit(Parser.ALL_PROOF, "gen_index_hash", shortHash), "iOS");
    assertRefused(Parser.ALL_PROOF, edit(Parser.ALL_PROOF, "version", "4294967296"), "Android");
    assertRefused(Parser.ALL_LIST, edit(Parser.ALL_LIST, "t", "1"), "Desktop");
    assertRefused(Parser.ALL_LIST, edit(Parser.ALL_LIST, "ticket", "4294967296"), "iOS");
    assertRefused(Parser.ALL_DETAILS, edit(Parser.ALL_DETAILS, "t", "1"), "Desktop");
    assertRefused(Parser.ALL_DETAILS, edit(Parser.ALL_DETAILS, "error_report", "2"), "iOS");
    assertRefused(Parser.ALL_DETAILS, edit(Parser.ALL_DETAILS, "items", "[]"), "Android");
    assertRefused(Parser.ALL_REFUND, edit(Parser.ALL_REFUND, "updated", "1"), "iOS");
  }

  @ParameterizedTest
  @EnumSource
  void unknownMembersAreIgnored(Parser parser) {
    assertThatCode(
            () -> {
              parser.accept(parser.edited("/extra", "{\"a\":[1]}"));
              parser.accept(parser.edited("/result/extra", "\"x\""));
            })
        .doesNotThrowAnyException();
  }

  private static byte[] edit(Parser parser, String member, String value) {
    return parser.edited("/result/" + member, value);
  }

  private static byte[] bytes(String document) {
    return document.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(Parser parser, byte[] answer, String complaint) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> parser.accept(answer))
        .withMessageContaining(complaint);
  }
}
