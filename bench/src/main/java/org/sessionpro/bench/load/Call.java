package org.sessionpro.bench.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionRejected;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.SealedOnion;

/// A question as it goes over the wire; may be sent any number of times while it is fresh.
final class Call {
  private static final String ONION_PATH = "/oxen/v4/lsrpc";
  private static final int OK = 200;

  private final byte[] request;
  private final Opener opener;
  private final Question.Rule rule;

  /// The latest answer found right: the same bytes are right again, without a look at them.
  private volatile ByteBuffer known = ByteBuffer.allocate(0);

  /// Takes a body out of what came over the wire.
  @FunctionalInterface
  private interface Opener {
    ByteBuffer open(ByteBuffer received);
  }

  private Call(byte[] request, Opener opener, Question.Rule rule) {
    this.request = request;
    this.opener = opener;
    this.rule = rule;
  }

  /// A question in clear.
  ///
  /// @param host value of the `Host` field
  static Call direct(String host, Question question) {
    return inClear(host, question, "");
  }

  /// A question in clear, whose answer may come compressed.
  static Call gzip(String host, Question question) {
    return inClear(host, question, "Accept-Encoding: gzip\r\n");
  }

  private static Call inClear(String host, Question question, String fields) {
    byte[] request =
        request(host, question.path(), "application/json", fields, question.body().toByteArray());
    return new Call(request, received -> received, question.rule());
  }

  /// A question as the last hop of an onion path brings it.
  static Call onion(String host, Question question, OnionClient client) {
    OnionRequest inner =
        new OnionRequest(
            "POST",
            question.path(),
            Optional.empty(),
            Map.of("content-type", "application/json"),
            question.body());
    SealedOnion sealed = client.seal(inner, Aead.XCHACHA20_POLY1305);
    byte[] request = request(host, ONION_PATH, "application/octet-stream", "", sealed.outerBody());
    return new Call(request, received -> open(sealed, received), question.rule());
  }

  private static ByteBuffer open(SealedOnion sealed, ByteBuffer received) {
    try {
      OnionReply reply = sealed.open(bytes(received));
      requireOk("inner HTTP status ", reply.code());
      return reply.body().asReadOnlyBuffer();
    } catch (OnionRejected notAReply) {
      throw new WrongAnswer("not a reply to the onion request");
    }
  }

  /// @param fields further ones, each with its end of line
  private static byte[] request(
      String host, String path, String contentType, String fields, byte[] body) {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(path, host, contentType, fields, body.length);
    byte[] ascii = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(ascii, ascii.length + body.length);
    System.arraycopy(body, 0, request, ascii.length, body.length);
    return request;
  }

  /// The bytes to send, head and body; not to be changed.
  byte[] request() {
    return request;
  }

  /// Returns if the answer is right.
  ///
  /// @throws WrongAnswer if it is not
  void judge(HttpAnswer answer) {
    requireOk("HTTP status ", answer.status());
    ByteBuffer body = opener.open(answer.body());
    if (!body.equals(known)) {
      byte[] copy = bytes(body);
      rule.check(ByteString.of(answer.gzipped() ? decompressed(copy) : copy));
      known = ByteBuffer.wrap(copy);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  private static byte[] decompressed(byte[] bytes) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException malformed) {
      throw new WrongAnswer("not gzip, as it says");
    }
  }

  private static void requireOk(String what, int status) {
    if (status != OK) {
      throw new WrongAnswer(what + status);
    }
  }
}
