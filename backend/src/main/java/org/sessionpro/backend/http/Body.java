package org.sessionpro.backend.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// The bytes of an answer.
///
/// What many clients get is kept outside the heap as well, where sockets take it from: a long one of
/// the heap would be copied there anew for every client, and the rest of it again each time that the
/// socket takes a part.
public final class Body {
  private final ByteString bytes;
  private final @Nullable ByteBuffer outsideHeap;

  private Body(ByteString bytes, @Nullable ByteBuffer outsideHeap) {
    this.bytes = bytes;
    this.outsideHeap = outsideHeap;
  }

  /// The body of one answer.
  static Body of(ByteString bytes) {
    return new Body(bytes, null);
  }

  /// A body that is sent to many.
  static Body shared(ByteString bytes) {
    ByteBuffer copy = ByteBuffer.allocateDirect(bytes.size());
    copy.put(bytes.asReadOnlyBuffer()).flip();
    return new Body(bytes, copy.asReadOnlyBuffer());
  }

  public ByteString bytes() {
    return bytes;
  }

  /// All bytes, for a socket; with a position of its own.
  ByteBuffer toSend() {
    return outsideHeap == null ? bytes.asReadOnlyBuffer() : outsideHeap.duplicate();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body body && bytes.equals(body.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
