package org.sessionpro.backend.http;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that the bodies of one [Lane] share, which may be refused at any time.
///
/// Without it a hundred clients that each hold back the last byte of a long body would fill the
/// heap. Each request has [BodyRoom#FREE] bytes of its own, so that long bodies can crowd out one
/// another but not the short ones.
final class BodyMemory {
  private final AtomicLong left;

  BodyMemory(int bytes) {
    left = new AtomicLong(bytes);
  }

  private final class Account implements BodyRoom {
    private final AtomicLong held = new AtomicLong();

    @Override
    public boolean growTo(int size) {
      long missing = Math.max(0, size - FREE) - held.get();
      if (missing <= 0) {
        return true;
      }
      long free = left.get();
      while (missing <= free) {
        if (left.compareAndSet(free, free - missing)) {
          held.addAndGet(missing);
          return true;
        }
        free = left.get();
      }
      return false;
    }

    @Override
    public boolean await(Runnable ready) {
      return false;
    }

    @Override
    public boolean withdraw() {
      return false;
    }

    @Override
    public void giveBack() {
      left.addAndGet(held.getAndSet(0));
    }
  }

  BodyRoom open() {
    return new Account();
  }
}
