package org.sessionpro.backend.http;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sessionpro.protocol.ByteString;

/// A copy of bytes outside the heap, freed as soon as nobody uses it: whoever made it is its first user,
/// and every socket that takes from it another one.
///
/// The collector would free it too, but only when the heap is full, and while lists change every second
/// that may be long after the memory is.
final class OutsideHeap {
  /// How much all copies together may take, in bytes: that of the longest list in both protocols, plain
  /// and compressed, several times over, while slow clients still fetch the lists before it.
  static final long CAPACITY = 32L << 20;

  private static final AtomicLong TAKEN = new AtomicLong();

  private final Arena arena = Arena.ofShared();
  private final ByteBuffer bytes;
  private final AtomicInteger users = new AtomicInteger(1);

  private OutsideHeap(ByteString source) {
    ByteBuffer copy = arena.allocate(source.size()).asByteBuffer();
    copy.put(source.asReadOnlyBuffer()).flip();
    this.bytes = copy.asReadOnlyBuffer();
  }

  /// A copy that the caller uses; empty if there is no memory for it.
  static Optional<OutsideHeap> copyOf(ByteString source) {
    long size = source.size();
    if (TAKEN.addAndGet(size) > CAPACITY) {
      TAKEN.addAndGet(-size);
      return Optional.empty();
    }
    return Optional.of(new OutsideHeap(source));
  }

  /// Makes the caller a user. False if there is none left, so that the copy is gone.
  boolean use() {
    int before = users.get();
    while (before > 0 && !users.compareAndSet(before, before + 1)) {
      before = users.get();
    }
    return before > 0;
  }

  /// All bytes, for a user; with a position of its own.
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /// A user is done.
  void leave() {
    if (users.decrementAndGet() == 0) {
      long size = bytes.capacity();
      arena.close();
      TAKEN.addAndGet(-size);
    }
  }

  /// How much all copies take at this moment, in bytes.
  static long taken() {
    return TAKEN.get();
  }
}
