package org.sessionpro.backend.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPOutputStream;
import org.sessionpro.protocol.ByteString;

/// An answer that many clients get: its plain and its compressed form with their entity tags, made
/// once (`decisions.md` §1).
///
/// A tag is a digest of the bytes that are sent, so it differs wherever they do and is the same in
/// all processes that send the same.
public final class PreparedReply {
  /// Bytes of the digest in a tag: enough that no two documents ever share one.
  private static final int TAG_SIZE = 16;

  private final Reply plain;
  private final Reply compressed;

  private PreparedReply(Reply plain, Reply compressed) {
    this.plain = plain;
    this.compressed = compressed;
  }

  /// Both forms of `reply`, which must not be compressed yet.
  public static PreparedReply of(Reply reply) {
    Reply plain = shared(reply, reply.body());
    ByteString packed = gzip(reply.body());
    if (packed.size() >= reply.body().size()) {
      return new PreparedReply(plain, plain);
    }
    return new PreparedReply(
        plain, shared(reply, packed).with(ReplyHeader.CONTENT_ENCODING, "gzip"));
  }

  private static Reply shared(Reply reply, ByteString body) {
    return new Reply(
            reply.status(),
            reply.contentType(),
            Body.shared(body),
            reply.headers(),
            reply.contract(),
            reply.outcome())
        .with(ReplyHeader.ETAG, tag(body));
  }

  /// The form for one client: compressed if it accepts that and it is shorter.
  public Reply reply(boolean acceptsGzip) {
    return acceptsGzip ? compressed : plain;
  }

  /// Another answer has taken this one's place: what it keeps outside the heap is freed once nobody
  /// fetches it any more. May be called again.
  public void retire() {
    plain.content().retire();
    compressed.content().retire();
  }

  private static ByteString gzip(ByteString body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.size() / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.of(packed.toByteArray());
  }

  private static String tag(ByteString body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(body.asReadOnlyBuffer());
      return '"' + ByteString.of(digest.digest(), 0, TAG_SIZE).hex() + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
