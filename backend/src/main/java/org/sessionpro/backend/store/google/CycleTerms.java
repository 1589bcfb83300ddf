package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.google.SubscriptionResource.State;

/// Until when a cycle is paid for, and how long Google goes on serving it while it tries to collect
/// the next payment.
///
/// @param grace longer than zero, or null if there is none
record CycleTerms(Instant expiry, @Nullable Duration grace) {

  /// These terms after Google stated an end of the cycle, which is the end of the grace, of the
  /// account hold or of a pause in some states (`google-play.md` §5.3, `decisions-stores.md` §2.1).
  CycleTerms after(Instant stated, State state) {
    int order = stated.compareTo(expiry);
    if (order < 0) {
      return cancelledInGrace(stated, state) ? this : new CycleTerms(stated, null);
    }
    return order == 0 ? atTheEnd(state) : beyondTheEnd(stated, state);
  }

  private CycleTerms atTheEnd(State state) {
    return switch (state) {
      case ACTIVE, UNSPECIFIED, IN_GRACE_PERIOD -> new CycleTerms(expiry, null);
      case CANCELED, ON_HOLD, PAUSED, EXPIRED, PENDING, PENDING_PURCHASE_CANCELED -> this;
    };
  }

  private CycleTerms beyondTheEnd(Instant stated, State state) {
    Duration beyond = Duration.between(expiry, stated);
    return switch (state) {
      case ACTIVE, UNSPECIFIED -> new CycleTerms(stated, null);
      case CANCELED -> cancelledInGrace(stated, state) ? this : new CycleTerms(stated, null);
      case IN_GRACE_PERIOD -> new CycleTerms(expiry, beyond);
      case ON_HOLD, PAUSED, EXPIRED, PENDING, PENDING_PURCHASE_CANCELED ->
          new CycleTerms(expiry, grace == null || grace.compareTo(beyond) < 0 ? grace : beyond);
    };
  }

  /// Then the paid term stays what it was; what ends the grace is that nothing will be renewed.
  private boolean cancelledInGrace(Instant stated, State state) {
    return state == State.CANCELED && grace != null && !stated.isAfter(expiry.plus(grace));
  }
}
