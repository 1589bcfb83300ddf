package org.sessionpro.simulator.apple.store;

import java.util.Random;
import java.util.UUID;
import org.sessionpro.protocol.TransactionId;

/// Draws ids that look like the store's: sixteen decimal digits that begin with 2000000, the later id
/// the higher one.
final class Names {
  private static final long FIRST = 2_000_000_000_000_000L;
  private static final long BEGINNINGS = 500_000_000L;
  private static final int LARGEST_STEP = 40;

  private final Random random;
  private long last;

  Names(long seed) {
    random = new Random(seed);
    last = FIRST + random.nextLong(BEGINNINGS);
  }

  TransactionId next() {
    last += 1 + random.nextInt(LARGEST_STEP);
    return new TransactionId(Long.toString(last));
  }

  /// The id of a request or a notification.
  UUID uuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }
}
