package org.sessionpro.simulator.google.play;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether the developer has confirmed a purchase (`google-play.md` §7.1).
///
/// @param at when; null while it is owed
/// @param deadline when Play takes an unconfirmed purchase back; null if it no longer will
public record Acknowledgement(@Nullable Instant at, @Nullable Instant deadline) {
  /// Owed, but nothing is paid yet, so no deadline runs.
  static final Acknowledgement NOT_DUE = new Acknowledgement(null, null);

  static Acknowledgement owedUntil(Instant deadline) {
    return new Acknowledgement(null, deadline);
  }

  static Acknowledgement given(Instant at) {
    return new Acknowledgement(at, null);
  }

  public boolean isGiven() {
    return at != null;
  }

  /// The same, of a purchase that is over: there is nothing to take back.
  Acknowledgement withoutDeadline() {
    return new Acknowledgement(at, null);
  }
}
