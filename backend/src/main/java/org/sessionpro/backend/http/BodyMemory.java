package org.sessionpro.backend.http;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all request bodies share, from their first byte to their answer.
///
/// Without it a hundred clients that each hold back the last byte of a long body would fill the
/// heap. Each request has [#FREE] bytes of its own, which every request of a real client fits into,
/// so that long bodies can crowd out one another but not those.
final class BodyMemory {
  /// Bytes of a body that are not counted.
  static final int FREE = 4_096;

  private final AtomicLong left;

  BodyMemory(int bytes) {
    left = new AtomicLong(bytes);
  }

  /// The account of one request; used by one thread at a time, save that [#giveBack()] may come
  /// from any.
  final class Account {
    private final AtomicLong held = new AtomicLong();

    /// Makes room for a body of `size` bytes. False if there is none.
    boolean growTo(int size) {
      long missing = Math.max(0, size - FREE) - held.get();
      if (missing <= 0) {
        return true;
      }
      if (left.addAndGet(-missing) < 0) {
        left.addAndGet(missing);
        return false;
      }
      held.addAndGet(missing);
      return true;
    }

    /// Returns everything; may be called again.
    void giveBack() {
      left.addAndGet(held.getAndSet(0));
    }
  }

  Account open() {
    return new Account();
  }
}
