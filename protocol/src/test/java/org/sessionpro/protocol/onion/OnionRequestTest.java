package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.ByteString;

/// The plaintext of a request (`onion-requests.md` §6) and the headers that pass (§7).
class OnionRequestTest {
  private static final String METADATA = "{\"method\":\"POST\",\"endpoint\":\"/x\"}";

  @ParameterizedTest
  @CsvSource({"POST,POST", "post,POST", "Get,GET", "po\u017Ft,PO\u017FT", "'',''"})
  void methodIsUpperCasedInAsciiOnly(String sent, String read) {
    assertThat(metadata("{\"method\":\"" + sent + "\",\"endpoint\":\"/x\"}").method())
        .isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "/x, /x, ",
    "/x?, /x, ''",
    "/x?y=1?z=2, /x, y=1?z=2",
    "/?, /, ''",
    "/a/../b%2Fc//?%41, /a/../b%2Fc//, %41",
    "/x#y?z, /x#y, z"
  })
  void endpointIsSplitAtTheFirstQuestionMark(String endpoint, String path, String query) {
    OnionRequest request = metadata("{\"method\":\"GET\",\"endpoint\":\"" + endpoint + "\"}");
    assertThat(request.path()).isEqualTo(path);
    assertThat(request.query()).isEqualTo(Optional.ofNullable(query));
  }

  @Test
  void headerNamesAreLowerCasedAndTheLastCounts() {
    assertThat(headers("{\"Content-Type\":\"a\",\"X-\u212A\":\"b\",\"content-TYPE\":\"c\"}"))
        .isEqualTo(Map.of("content-type", "c", "x-\u212A", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-FORWARDED-HOST",
        "X-Real-IP",
        "Connection",
        "Transfer-Encoding",
        "Upgrade",
        "Cookie",
        "Authorization",
        "Content-Length"
      })
  void headerThatClaimsAFactIsLeftOut(String name) {
    assertThat(headers("{\"" + name + "\":\"1\",\"accept\":\"2\"}"))
        .isEqualTo(Map.of("accept", "2"));
  }

  @Test
  void headerThatIsNoStringIsLeftOut() {
    assertThat(headers("{\"a\":1,\"b\":null,\"c\":[],\"d\":\"e\"}")).isEqualTo(Map.of("d", "e"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"endpoint\":\"/x\"}",
        "{\"method\":\"POST\"}",
        "{\"method\":null,\"endpoint\":\"/x\"}",
        "{\"method\":\"POST\",\"endpoint\":\"\"}",
        "{\"method\":\"POST\",\"endpoint\":\"x\"}",
        "{\"method\":\"POST\",\"endpoint\":\"?/x\"}",
        "{\"method\":\"POST\",\"endpoint\":\"/x\",\"headers\":null}",
        "{\"method\":\"POST\",\"endpoint\":\"/x\",\"headers\":[]}",
        "{\"method\":\"POST\",\"endpoint\":\"/x\"}{}",
        "[]",
        ""
      })
  void badMetadataIsNoRequest(String json) {
    assertThat(Exchange.readMetadata(json)).isEmpty();
  }

  @Test
  void nestingEndsAtThirtyTwoLevels() {
    assertThat(Exchange.readMetadata(nested(32))).isPresent();
    assertThat(Exchange.readMetadata(nested(33))).isEmpty();
  }

  private static String nested(int levels) {
    String value = "[".repeat(levels - 1) + "]".repeat(levels - 1);
    return "{\"method\":\"POST\",\"endpoint\":\"/x\",\"x\":" + value + "}";
  }

  @Test
  void lengthMayHaveTenDigitsAndNoMore() {
    assertThat(plaintext("l00000000" + METADATA.length() + ":" + METADATA + "e")).isPresent();
    assertThat(plaintext("l000000000" + METADATA.length() + ":" + METADATA + "e")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "l",
        "e",
        "le",
        "l0:e",
        "l:e",
        "l2e",
        "l9999999999:e",
        "l4294967298:{}e",
        "l+2:{}e",
        "l 2:{}e",
        "l2:{}",
        "l2:{}ee"
      })
  void brokenListIsNoRequest(String plaintext) {
    assertThat(plaintext(plaintext)).isEmpty();
  }

  @Test
  void nothingButAListOfOneOrTwoStringsIsARequest() {
    String metadata = METADATA.length() + ":" + METADATA;
    assertThat(plaintext("l" + metadata + "e")).isPresent();
    assertThat(plaintext("l" + metadata + "0:e")).isPresent();
    assertThat(plaintext("l" + metadata + "1:ee")).isPresent();
    assertThat(plaintext("l" + metadata + "xe")).isEmpty();
    assertThat(plaintext("l" + metadata + "i1ee")).isEmpty();
    assertThat(plaintext("l" + metadata + "0:0:e")).isEmpty();
    assertThat(plaintext("l" + metadata + "0:ex")).isEmpty();
    assertThat(plaintext("l" + metadata + "2:ee")).isEmpty();
  }

  @Test
  void lengthsCountBytesNotCharacters() {
    byte[] body = "€".getBytes(StandardCharsets.UTF_8);
    assertThat(plaintext("l" + METADATA.length() + ":" + METADATA + "3:€e").orElseThrow().body())
        .isEqualTo(ByteString.of(body));
  }

  @Test
  void requestIsNeverPrinted() {
    OnionRequest request = Exchange.request("/secret", new byte[] {1});
    assertThat(request).hasToString("OnionRequest(hidden)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "/x?y"})
  void pathWithoutSlashOrWithQueryIsACallersFault(String path) {
    assertThatThrownBy(() -> Exchange.request(path, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, String> headers(String json) {
    return metadata("{\"method\":\"POST\",\"endpoint\":\"/x\",\"headers\":" + json + "}").headers();
  }

  private static OnionRequest metadata(String json) {
    return Exchange.readMetadata(json).orElseThrow();
  }

  private static Optional<OnionRequest> plaintext(String text) {
    return Exchange.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
