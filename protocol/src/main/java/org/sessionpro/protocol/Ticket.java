package org.sessionpro.protocol;

/// The state number of the revocation list: it grows with every new revocation and never falls, so
/// that a poller that names its last ticket is sent the list only when there is news (`wire-v1.md`
/// §11).
///
/// @param value 0 or more; below 2³² wherever v0 is served
public record Ticket(long value) implements Comparable<Ticket> {
  /// The ticket of a backend that has never revoked anything.
  public static final Ticket ZERO = new Ticket(0);

  public Ticket {
    if (value < 0) {
      throw new IllegalArgumentException("a ticket is never negative");
    }
  }

  @Override
  public int compareTo(Ticket that) {
    return Long.compare(value, that.value);
  }
}
