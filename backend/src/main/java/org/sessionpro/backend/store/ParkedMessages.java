package org.sessionpro.backend.store;

import java.time.Instant;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.telemetry.OncePerDay;
import org.slf4j.Logger;

/// What the log says of messages that are kept for somebody to look at: as loudly as the reason asks for
/// (`decisions-stores.md` §5). A type that nobody has heard of may come often, so it is told of once a
/// day (`app-store.md` §4). Safe for any number of threads.
public final class ParkedMessages {
  private final OncePerDay told;

  public ParkedMessages() {
    this(new OncePerDay());
  }

  /// @param told of what, by type; shared with whoever tells of the same types
  public ParkedMessages(OncePerDay told) {
    this.told = told;
  }

  /// Tells of one.
  ///
  /// @param log of the store that sent it
  /// @param kind a word for the message
  /// @param type what makes it alike to others
  public void tell(Logger log, String kind, String type, Intake.Parked parked, Instant now) {
    ParkReason reason = parked.reason();
    if (reason == ParkReason.UNKNOWN_BLOCK && !told.isFirst(type, now)) {
      log.debug("another notification is kept for somebody to look at: {}", kind);
      return;
    }
    reason
        .level()
        .tell(
            log,
            "a notification is kept for somebody to look at: {}, {} ({})",
            kind,
            parked.problem(),
            reason.remedy());
  }
}
