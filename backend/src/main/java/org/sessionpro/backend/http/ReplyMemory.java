package org.sessionpro.backend.http;

import java.util.concurrent.atomic.AtomicLong;

/// The memory for long answers on their way to clients.
///
/// A client that does not fetch its answer keeps it on the heap for as long as it may take, and holds
/// no place at any gate meanwhile: a hundred of them with an answer of a megabyte each would fill the
/// heap. Each answer has [#FREE] bytes of its own, so that long ones can crowd out one another but
/// not the short ones.
final class ReplyMemory {
  /// Bytes of an answer for which there is always room: nearly every client gets less, and no more
  /// than that is kept back by a socket whose client fetches what it is sent.
  static final int FREE = 4_096;

  private final long all;
  private final AtomicLong left;

  ReplyMemory(int bytes) {
    all = bytes;
    left = new AtomicLong(bytes);
  }

  /// Room for the answer to one request.
  Room open() {
    return new Room();
  }

  /// No answer takes more than half of what is left, so that the longest do not crowd out those that
  /// are merely long; one that is alone is not refused for its length.
  private boolean take(int size) {
    long free = left.get();
    while (2L * size <= free || free == all) {
      if (left.compareAndSet(free, free - size)) {
        return true;
      }
      free = left.get();
    }
    return false;
  }

  private void giveBack(long size) {
    left.addAndGet(size);
  }

  /// What one request holds; any thread may give it back.
  final class Room implements ReplyRoom {
    private static final long CLOSED = -1;

    private final AtomicLong held = new AtomicLong();

    @Override
    public boolean take(int size) {
      if (size <= FREE) {
        return true;
      }
      if (!ReplyMemory.this.take(size)) {
        return false;
      }
      if (!held.compareAndSet(0, size)) {
        // Nobody is left to give it back.
        ReplyMemory.this.giveBack(size);
        return false;
      }
      return true;
    }

    /// The exchange is over: gives back what was taken; may be called again.
    void close() {
      ReplyMemory.this.giveBack(Math.max(0, held.getAndSet(CLOSED)));
    }
  }
}
