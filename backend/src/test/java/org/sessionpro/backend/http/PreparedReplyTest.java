package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;

class PreparedReplyTest {
  private static final String LONG = "{\"a\":\"" + "x".repeat(1_000) + "\"}";

  private static Reply json(String text) {
    return Reply.json(ByteString.of(text.getBytes(StandardCharsets.UTF_8)), Contract.V1);
  }

  private static PreparedReply prepared(String text) {
    return PreparedReply.of(json(text));
  }

  private static String tag(Reply reply) {
    return reply.header(ReplyHeader.ETAG).orElseThrow();
  }

  @Test
  void thePlainFormIsTheReplyAndItsTag() {
    Reply plain = prepared(LONG).reply(false);
    assertThat(plain).isEqualTo(json(LONG).with(ReplyHeader.ETAG, tag(plain)));
  }

  @Test
  void theCompressedFormSaysSo() {
    assertThat(prepared(LONG).reply(true).header(ReplyHeader.CONTENT_ENCODING)).contains("gzip");
  }

  @Test
  void theCompressedFormIsTheSameDocument() throws IOException {
    byte[] packed = prepared(LONG).reply(true).body().toByteArray();
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(LONG);
  }

  @Test
  void theCompressedFormKeepsContentTypeAndContract() {
    Reply compressed = prepared(LONG).reply(true);
    assertThat(compressed.contentType()).isEqualTo(ContentType.JSON);
    assertThat(compressed.contract()).isEqualTo(Contract.V1);
  }

  @Test
  void whatCompressionMakesLongerIsSentPlain() {
    PreparedReply tiny = prepared("{}");
    assertThat(tiny.reply(true)).isSameAs(tiny.reply(false));
  }

  @Test
  void noFormIsMadeTwice() {
    PreparedReply prepared = prepared(LONG);
    assertThat(prepared.reply(false)).isSameAs(prepared.reply(false));
    assertThat(prepared.reply(true)).isSameAs(prepared.reply(true));
  }

  @Test
  void aTagIsStrong() {
    assertThat(tag(prepared(LONG).reply(false))).matches("\"[0-9a-f]{32}\"");
  }

  @Test
  void eachEncodingHasATagOfItsOwn() {
    assertThat(tag(prepared(LONG).reply(true))).isNotEqualTo(tag(prepared(LONG).reply(false)));
  }

  @Test
  void anotherDocumentHasAnotherTag() {
    String other = LONG.replace("a", "b");
    assertThat(tag(prepared(other).reply(false))).isNotEqualTo(tag(prepared(LONG).reply(false)));
    assertThat(tag(prepared(other).reply(true))).isNotEqualTo(tag(prepared(LONG).reply(true)));
  }

  @Test
  void theSameDocumentHasTheSameTagsWhoeverMadeIt() {
    assertThat(tag(prepared(LONG).reply(false))).isEqualTo(tag(prepared(LONG).reply(false)));
    assertThat(tag(prepared(LONG).reply(true))).isEqualTo(tag(prepared(LONG).reply(true)));
  }
}
