package org.sessionpro.simulator.google.play;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// An entry of the list of voided purchases (`google-play.md` §6.3).
///
/// @param purchasedAt when the order was paid
/// @param quantity how many of several things went back; null if all did
public record Voiding(
    PurchaseToken token,
    OrderId order,
    Instant purchasedAt,
    Instant voidedAt,
    Cause cause,
    boolean subscription,
    @Nullable Integer quantity) {

  /// Who took a purchase back, and why.
  public record Cause(Source source, Reason reason) {
    public static final Cause DEVELOPER = new Cause(Source.DEVELOPER, Reason.OTHER);
    public static final Cause REMORSE = new Cause(Source.USER, Reason.REMORSE);
    public static final Cause CHARGEBACK = new Cause(Source.USER, Reason.CHARGEBACK);
    public static final Cause UNACKNOWLEDGED = new Cause(Source.GOOGLE, Reason.UNACKNOWLEDGED);
  }

  /// Who took it back.
  public enum Source {
    USER(0),
    DEVELOPER(1),
    GOOGLE(2);

    private final int number;

    Source(int number) {
      this.number = number;
    }

    /// The number on the wire.
    public int number() {
      return number;
    }
  }

  /// Why it was taken back.
  public enum Reason {
    OTHER(0),
    REMORSE(1),
    NOT_RECEIVED(2),
    DEFECTIVE(3),
    ACCIDENTAL(4),
    FRAUD(5),
    FRIENDLY_FRAUD(6),
    CHARGEBACK(7),
    UNACKNOWLEDGED(8);

    private final int number;

    Reason(int number) {
      this.number = number;
    }

    /// The number on the wire.
    public int number() {
      return number;
    }
  }
}
