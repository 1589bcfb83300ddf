package org.sessionpro.backend.inbox;

/// A message that the service before this one was told.
///
/// @param intake what becomes of it
public record InheritedMessage(StoreMessage message, Intake intake) {
  /// Whether nothing follows from it but that it was seen.
  boolean isSettled() {
    return intake instanceof Intake.Understood(var owed) && owed.isEmpty();
  }
}
