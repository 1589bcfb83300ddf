package org.sessionpro.backend.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of working on an item.
public sealed interface Outcome {
  /// Nothing more is owed, unless there was news meanwhile.
  record Done() implements Outcome {}

  /// It did not work this time; costs an attempt.
  ///
  /// @param error in words without identifiers
  record Failed(ErrorClass kind, String error) implements Outcome {}

  /// There is nothing to do before an instant; costs no attempt.
  ///
  /// @param why in words without identifiers
  record Waits(Instant until, String why) implements Outcome {}

  /// It is a case for a human, or for another configuration; costs an attempt.
  ///
  /// @param detail what the reason is about, for [ParkReason.Cure#MAP] the id that is not mapped; null
  ///     for nothing
  /// @param error in words without identifiers
  record Parked(ParkReason reason, @Nullable String detail, String error) implements Outcome {}

  /// It was not brought to an end, because the turn was over; costs nothing, and somebody else may
  /// begin at once.
  record Unfinished() implements Outcome {}
}
