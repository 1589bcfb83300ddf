package org.sessionpro.backend.inbox;

/// What is done about the items of one kind. Run on a thread of its own for each item, which is
/// interrupted if the program stops and the handler does not come to an end.
@FunctionalInterface
public interface WorkHandler {
  /// Works on an item.
  ///
  /// @throws RuntimeException counts as a failure of the kind [ErrorClass#LOGIC]
  Outcome handle(Turn turn);

  /// The turn of an item: what is known of it, and for how long it is ours.
  interface Turn {
    /// The item as it was claimed.
    Claim claim();

    /// Whether to go on: not when the program stops, nor when somebody else took the item. Renews the
    /// lease, and is asked before each call beyond the first two; at the end an [Outcome.Unfinished]
    /// answers for a turn that is over.
    boolean goesOn();
  }
}
