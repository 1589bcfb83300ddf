package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of working on an item.
public sealed interface Outcome {
  /// Nothing more is owed, unless there was news meanwhile.
  record Done() implements Outcome {}

  /// It worked, and is to be done again at an instant, unless there was news meanwhile.
  ///
  /// @param why in words without identifiers
  record Again(Instant at, String why) implements Outcome {}

  /// It did not work this time; costs an attempt.
  ///
  /// @param error in words without identifiers
  /// @param inTheEnd why it fails, which somebody can mend, and is parked after too many failures; null
  ///     for [ParkReason#EXHAUSTED]
  record Failed(ErrorClass kind, String error, @Nullable Cause inTheEnd) implements Outcome {
    public Failed(ErrorClass kind, String error) {
      this(kind, error, null);
    }
  }

  /// There is nothing to do before an instant; costs no attempt.
  ///
  /// @param why in words without identifiers
  record Waits(Instant until, String why) implements Outcome {}

  /// The store may not be asked before an instant, about this item or any other of its lane; costs no
  /// attempt.
  ///
  /// @param why in words without identifiers
  record Held(Instant until, String why) implements Outcome {}

  /// It is a case for a human, or for another configuration; costs an attempt.
  ///
  /// @param error in words without identifiers
  record Parked(Cause cause, String error) implements Outcome {}

  /// It was not brought to an end, because the turn was over; costs nothing, and somebody else may
  /// begin at once.
  record Unfinished() implements Outcome {}
}
