package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.onion.OnionRejected.Stage;
import org.sessionpro.protocol.onion.OnionReply.ContentType;

/// The plaintext of a reply (`onion-requests.md` §8) and the fixed one (§9).
class OnionReplyTest {
  private static final OnionReply NOT_ALLOWED =
      new OnionReply(405, ContentType.TEXT, Optional.of("GET, HEAD, OPTIONS"), utf8("no"));

  /// What storage servers say of themselves, and clients act on (§9).
  private static final List<String> NODE_ERRORS =
      List.of(
          "Next node not found",
          "Next node is currently unreachable",
          "Snode not ready",
          "Service node is not ready",
          "Server busy",
          "Request time out",
          "Invalid response from snode");

  @Test
  void usualReplyStartsWithTheConstantOfTheContract() {
    OnionReply reply = OnionReply.json(utf8("{}"));
    assertThat(plaintext(reply))
        .isEqualTo("l58:{\"code\":200,\"headers\":{\"content-type\":\"application/json\"}}2:{}e");
  }

  @Test
  void emptyBodyIsWritten() {
    assertThat(plaintext(OnionReply.json(utf8("")))).endsWith("}}0:e");
  }

  @Test
  void methodsAreToldInTheAllowHeader() {
    assertThat(plaintext(NOT_ALLOWED))
        .contains(
            "{\"code\":405,\"headers\":{\"content-type\":\"text/plain; charset=utf-8\","
                + "\"allow\":\"GET, HEAD, OPTIONS\"}}");
  }

  @Test
  void malformedRequestHasATextThatNoNodeWouldSend() {
    String text = new String(OnionReply.MALFORMED.body().toByteArray(), StandardCharsets.UTF_8);
    assertThat(OnionReply.MALFORMED.contentType()).isEqualTo(ContentType.TEXT);
    assertThat(NODE_ERRORS).noneMatch(text::startsWith);
  }

  @Test
  void malformedRequestHasTheAnswerOfTheContract() {
    assertThat(plaintext(OnionReply.MALFORMED))
        .isEqualTo(
            "l67:{\"code\":400,\"headers\":{\"content-type\":\"text/plain; charset=utf-8\"}}"
                + "24:Invalid v4 onion requeste");
  }

  static Stream<OnionReply> readable() {
    ByteString binary = ByteString.of(new byte[] {0, -1, 'e', 'l'});
    return Stream.concat(
        Stream.of(OnionReply.MALFORMED, NOT_ALLOWED, OnionReply.text(404, "Not found")),
        Stream.of(ContentType.values())
            .map(type -> new OnionReply(200, type, Optional.empty(), binary)));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void replyIsReadAsWritten(OnionReply reply) {
    assertThat(ReplyPlaintext.read(ReplyPlaintext.write(reply))).contains(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "l58:{\"code\":200,\"headers\":{\"content-type\":\"application/json\"}}e",
        "l12:{\"code\":200}0:e",
        "l60:{\"code\":\"200\",\"headers\":{\"content-type\":\"application/json\"}}0:e",
        "l58:{\"code\":199,\"headers\":{\"content-type\":\"application/json\"}}0:e",
        "l58:{\"code\":600,\"headers\":{\"content-type\":\"application/json\"}}0:e",
        "l25:{\"code\":200,\"headers\":{}}0:e",
        "l41:{\"code\":200,\"headers\":{\"content-type\":5}}0:e",
        "l51:{\"code\":200,\"headers\":{\"content-type\":\"text/html\"}}0:e"
      })
  void otherPlaintextIsNoReply(String plaintext) {
    assertThat(ReplyPlaintext.read(plaintext.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void clientRejectsWhatIsNotSealedForIt(Aead aead) {
    SealedOnion sealed = Exchange.CLIENT.seal(Exchange.request("/", new byte[0]), aead);
    byte[] httpBody = Exchange.SERVER.open(sealed.outerBody()).seal(OnionReply.MALFORMED);
    httpBody[httpBody.length - 1] ^= 1;
    for (byte[] body : List.of(httpBody, new byte[0], new byte[39])) {
      assertThatThrownBy(() -> sealed.open(body))
          .isInstanceOfSatisfying(
              OnionRejected.class,
              rejected -> assertThat(rejected.stage()).isEqualTo(Stage.CRYPTO));
    }
  }

  @Test
  void codeThatIsNoFinalStatusIsACallersFault() {
    assertThatThrownBy(() -> OnionReply.text(100, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OnionReply.text(600, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bodyIsNotPrinted() {
    assertThat(OnionReply.json(utf8("secret"))).hasToString("OnionReply(200, 6 bytes)");
  }

  private static String plaintext(OnionReply reply) {
    return new String(ReplyPlaintext.write(reply), StandardCharsets.UTF_8);
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
