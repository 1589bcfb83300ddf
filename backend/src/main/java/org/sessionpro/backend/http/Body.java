package org.sessionpro.backend.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// The bytes of an answer.
///
/// What many clients get is kept outside the heap as well, where sockets take it from: a long one of
/// the heap would be copied there anew for every client, and the rest of it again each time that the
/// socket takes a part. The bytes of the heap are those that onions are sealed over, and that sockets
/// take once the copy is gone.
public final class Body {
  /// Up to so many bytes nothing is gained by a copy outside the heap: sockets have buffers as long.
  private static final int SHORT = 16_384;

  private final ByteString bytes;
  private final AtomicReference<@Nullable OutsideHeap> copy;

  /// Bytes for a socket.
  ///
  /// @param bytes with a position of their own
  /// @param done to be run once, when nothing takes from them any more
  record Sent(ByteBuffer bytes, Runnable done) {}

  private Body(ByteString bytes, @Nullable OutsideHeap copy) {
    this.bytes = bytes;
    this.copy = new AtomicReference<@Nullable OutsideHeap>(copy);
  }

  /// The body of one answer.
  static Body of(ByteString bytes) {
    return new Body(bytes, null);
  }

  /// A body that is sent to many, until [#retire()].
  static Body shared(ByteString bytes) {
    return new Body(bytes, bytes.size() > SHORT ? OutsideHeap.copyOf(bytes).orElse(null) : null);
  }

  public ByteString bytes() {
    return bytes;
  }

  /// All bytes, for a socket.
  Sent toSend() {
    OutsideHeap present = copy.get();
    return present != null && present.use()
        ? new Sent(present.bytes(), present::leave)
        : new Sent(bytes.asReadOnlyBuffer(), () -> {});
  }

  /// This is no longer what clients get. Those who fetch it may do so; its memory outside the heap goes
  /// with the last of them. May be called again.
  void retire() {
    OutsideHeap present = copy.getAndSet(null);
    if (present != null) {
      present.leave();
    }
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
