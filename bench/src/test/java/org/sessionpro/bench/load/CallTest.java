package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.bench.load.TestParties.CRYPTO;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.OpenedOnion;

class CallTest {
  private static final ByteString YES = bytes("yes");
  private static final ByteString NO = bytes("no");

  private final List<ByteString> checked = new ArrayList<>();
  private final Question question = new Question("/path", bytes("question"), this::requireYes);

  @Test
  void aQuestionIsPostedAsItIs() {
    Call call = Call.direct("localhost:80", question);

    assertThat(new String(call.request(), StandardCharsets.US_ASCII))
        .isEqualTo(
            "POST /path HTTP/1.1\r\nHost: localhost:80\r\nContent-Type: application/json\r\n"
                + "Content-Length: 8\r\n\r\nquestion");
  }

  @Test
  void theRightAnswerIsRight() {
    assertThatCode(() -> Call.direct("h", question).judge(new HttpAnswer(200, YES)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherAnswerIsWrong() {
    assertWrong(Call.direct("h", question), new HttpAnswer(200, NO), "no");
  }

  @Test
  void anotherHttpStatusIsWrongWhateverTheBody() {
    assertWrong(Call.direct("h", question), new HttpAnswer(503, YES), "HTTP status 503");
  }

  @Test
  void anAnswerFoundRightIsNotLookedAtAgain() {
    Call call = Call.direct("h", question);

    call.judge(new HttpAnswer(200, YES));
    call.judge(new HttpAnswer(200, bytes("yes")));

    assertThat(checked).containsExactly(YES);
  }

  @Test
  void aWrongAnswerIsWrongEachTime() {
    Call call = Call.direct("h", question);
    call.judge(new HttpAnswer(200, YES));

    assertWrong(call, new HttpAnswer(200, NO), "no");
    assertWrong(call, new HttpAnswer(200, NO), "no");
  }

  @Test
  void anOnionArrivesAsTheQuestion() {
    OnionRequest inner = open(onionCall()).request().orElseThrow();

    assertThat(inner.method()).isEqualTo("POST");
    assertThat(inner.path()).isEqualTo("/path");
    assertThat(inner.body()).isEqualTo(bytes("question"));
  }

  @Test
  void theRightAnswerByOnionIsRight() {
    Call call = onionCall();
    HttpAnswer answer = sealed(open(call), OnionReply.json(YES));

    assertThatCode(() -> call.judge(answer)).doesNotThrowAnyException();
  }

  @Test
  void anotherInnerStatusIsWrong() {
    Call call = onionCall();

    assertWrong(
        call, sealed(open(call), OnionReply.text(404, "Not found")), "inner HTTP status 404");
  }

  @Test
  void anAnswerInClearToAnOnionIsWrong() {
    assertWrong(onionCall(), new HttpAnswer(200, YES), "not a reply to the onion request");
  }

  private final AgreementKey serverKey = CRYPTO.freshAgreementKey(new SecureRandom());

  private Call onionCall() {
    OnionClient client = new OnionClient(CRYPTO, serverKey.publicKey(), new SecureRandom());
    return Call.onion("h", question, client);
  }

  private OpenedOnion open(Call call) {
    byte[] request = call.request();
    String head = new String(request, StandardCharsets.ISO_8859_1);
    assertThat(head).startsWith("POST /oxen/v4/lsrpc HTTP/1.1\r\n");
    OnionServer server = new OnionServer(CRYPTO, serverKey, List.of(), new SecureRandom());
    return server.open(Arrays.copyOfRange(request, head.indexOf("\r\n\r\n") + 4, request.length));
  }

  private static HttpAnswer sealed(OpenedOnion onion, OnionReply reply) {
    return new HttpAnswer(200, ByteString.of(onion.seal(reply)));
  }

  private void requireYes(ByteString answer) {
    checked.add(answer);
    if (!answer.equals(YES)) {
      throw new WrongAnswer(new String(answer.toByteArray(), StandardCharsets.US_ASCII));
    }
  }

  private static void assertWrong(Call call, HttpAnswer answer, String reason) {
    assertThatThrownBy(() -> call.judge(answer)).isInstanceOf(WrongAnswer.class).hasMessage(reason);
  }

  private static ByteString bytes(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
