package org.sessionpro.backend.telemetry;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A random number that ties all lines about one request together, and to the answer where the server
/// failed on it; nothing of the request itself may stand in the log.
///
/// It belongs to the thread while that works on the request, so that nobody hands it on, and costs
/// nothing where nothing is logged.
///
/// @param value 64 random bits
public record RequestId(long value) {
  private static final ScopedValue<RequestId> PRESENT = ScopedValue.newInstance();

  /// Has `work` done for a request: a new one, or the one that this thread is at work on, as for what
  /// is inside an onion.
  public static <T> T within(Function<RequestId, T> work) {
    if (PRESENT.isBound()) {
      return work.apply(PRESENT.get());
    }
    RequestId fresh = new RequestId(ThreadLocalRandom.current().nextLong());
    return ScopedValue.where(PRESENT, fresh).call(() -> work.apply(fresh));
  }

  /// Of the request that this thread is at work on; null if it is at work on none.
  public static @Nullable RequestId current() {
    return PRESENT.isBound() ? PRESENT.get() : null;
  }

  /// 16 hex digits.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
