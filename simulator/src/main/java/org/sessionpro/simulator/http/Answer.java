package org.sessionpro.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.sessionpro.protocol.ByteString;

/// An HTTP answer.
///
/// @param body may be empty
public record Answer(int status, Map<String, String> headers, ByteString body) {
  private static final byte[] NOTHING = {};

  public static Answer json(int status, byte[] document) {
    return new Answer(
        status, Map.of("content-type", "application/json; charset=UTF-8"), ByteString.of(document));
  }

  public static Answer text(int status, String text) {
    return new Answer(
        status,
        Map.of("content-type", "text/plain; charset=UTF-8"),
        ByteString.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// An answer without a body.
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), ByteString.of(NOTHING));
  }

  /// This answer cut in half.
  Answer half() {
    return new Answer(status, headers, ByteString.of(body.toByteArray(), 0, body.size() / 2));
  }

  /// This answer with one more header.
  public Answer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
