package org.sessionpro.backend.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.Tally;

/// Counts the messages of a store that came in on one way, in this process.
public final class MessageCounts {
  private final Tally<Receipt> receipts = Tally.of(Receipt.class);
  private volatile @Nullable Instant last;

  /// What became of a message.
  public enum Receipt {
    /// It is new, and durable now.
    KEPT,
    /// It was here before.
    REPEATED
  }

  /// A message was taken.
  ///
  /// @param fresh whether it is new
  /// @param now our clock
  public void took(boolean fresh, Instant now) {
    receipts.count(fresh ? Receipt.KEPT : Receipt.REPEATED);
    last = now;
  }

  /// The store was asked for messages and gave so many, perhaps none.
  ///
  /// @param now our clock
  public void took(int kept, int repeated, Instant now) {
    receipts.count(Receipt.KEPT, kept);
    receipts.count(Receipt.REPEATED, repeated);
    last = now;
  }

  /// What became of the messages.
  public Tally<Receipt> receipts() {
    return receipts;
  }

  /// When this way was last seen to work; empty if it never was.
  public Optional<Instant> last() {
    return Optional.ofNullable(last);
  }
}
