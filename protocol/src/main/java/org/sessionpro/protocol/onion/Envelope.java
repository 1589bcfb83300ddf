package org.sessionpro.protocol.onion;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;

/// The form that requests and replies share: a bencoded list of a JSON object and a body
/// (`onion-requests.md` §6, §8), read by offsets over the bytes that hold it.
///
/// ```
/// l <length>:<metadata> [ <length>:<body> ] e        (no blanks)
/// ```
///
/// @param body the second string; empty if there is none, which only a request may do without
record Envelope(JsonObject metadata, Optional<ByteString> body) {
  private static final int MAX_LENGTH_DIGITS = 10;

  /// Reads a list that fills `source` exactly; empty on any breach of the grammar.
  static Optional<Envelope> read(byte[] source) {
    int last = source.length - 1;
    if (last < 1 || source[0] != 'l' || source[last] != 'e') {
      return Optional.empty();
    }
    return Slice.read(source, 1, last)
        .flatMap(metadata ->
            metadata.end() == last
                ? parse(source, metadata).map(json -> new Envelope(json, Optional.empty()))
                : readBody(source, metadata, last));
  }

  private static Optional<Envelope> readBody(byte[] source, Slice metadata, int last) {
    return Slice.read(source, metadata.end(), last)
        .filter(body -> body.end() == last)
        .flatMap(body ->
            parse(source, metadata)
                .map(json -> new Envelope(json, Optional.of(body.copy(source)))));
  }

  private static Optional<JsonObject> parse(byte[] source, Slice metadata) {
    try {
      return Optional.of(JsonObject.parse(source, metadata.offset(), metadata.length()));
    } catch (BadRequest notOneObject) {
      return Optional.empty();
    }
  }

  /// Writes a list of two.
  static byte[] write(byte[] metadata, ByteString body) {
    byte[] before = ascii("l" + metadata.length + ":");
    byte[] between = ascii(body.size() + ":");
    byte[] list = new byte[before.length + metadata.length + between.length + body.size() + 1];
    System.arraycopy(before, 0, list, 0, before.length);
    System.arraycopy(metadata, 0, list, before.length, metadata.length);
    System.arraycopy(between, 0, list, before.length + metadata.length, between.length);
    body.copyTo(list, list.length - 1 - body.size());
    list[list.length - 1] = 'e';
    return list;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The content of one byte string in the bytes read.
  private record Slice(int offset, int length) {
    /// Reads `<length>:<content>` from `start` that ends at `limit` at the latest.
    static Optional<Slice> read(byte[] source, int start, int limit) {
      long length = 0;
      int at = start;
      while (at < limit && source[at] >= '0' && source[at] <= '9') {
        if (at - start == MAX_LENGTH_DIGITS) {
          return Optional.empty();
        }
        length = 10 * length + (source[at] - '0');
        at++;
      }
      if (at == start || at == limit || source[at] != ':') {
        return Optional.empty();
      }
      int offset = at + 1;
      return length > limit - offset
          ? Optional.empty()
          : Optional.of(new Slice(offset, (int) length));
    }

    int end() {
      return offset + length;
    }

    ByteString copy(byte[] source) {
      return ByteString.of(source, offset, length);
    }
  }
}
