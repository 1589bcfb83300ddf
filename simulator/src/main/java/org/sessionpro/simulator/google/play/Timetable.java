package org.sessionpro.simulator.google.play;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.google.catalogue.PlanKind.Installments;
import org.sessionpro.simulator.google.play.Due.What;
import org.sessionpro.simulator.google.play.Phase.Abandoned;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Canceled;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.InGrace;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.Paused;
import org.sessionpro.simulator.google.play.Phase.Pending;
import org.sessionpro.simulator.google.play.Phase.SilentGrace;

/// What happens to a subscription if nobody does anything.
final class Timetable {
  private Timetable() {}

  /// The next thing that time does to it; empty if there is none.
  static Optional<Due> next(Subscription subscription, PlanTerms terms) {
    Due byPhase = byPhase(subscription, terms);
    Instant deadline = subscription.acknowledgement().deadline();
    if (deadline != null && (byPhase == null || !deadline.isAfter(byPhase.at()))) {
      return Optional.of(new Due(deadline, What.TAKE_BACK));
    }
    return Optional.ofNullable(byPhase);
  }

  private static @Nullable Due byPhase(Subscription subscription, PlanTerms terms) {
    return switch (subscription.phase()) {
      case Pending _, Abandoned _, Expired _ -> null;
      case Active _ -> atTheEndOfACycle(subscription, terms);
      case SilentGrace silent -> new Due(silent.until(), What.HOLD);
      case InGrace grace -> new Due(grace.until(), What.HOLD);
      case OnHold hold -> new Due(hold.until(), What.LAPSE);
      case Paused paused -> new Due(paused.resumesAt(), What.RESUME);
      case Canceled canceled -> new Due(canceled.endsAt(), What.EXPIRE);
    };
  }

  private static Due atTheEndOfACycle(Subscription subscription, PlanTerms terms) {
    Instant end = subscription.paid().paidUntil();
    Renewal renewal = subscription.renewal();
    if (terms.plan().isPrepaid()) {
      return new Due(end, What.EXPIRE);
    }
    if (renewal.pause() != null) {
      return new Due(end, What.PAUSE);
    }
    if (terms.isExhausted(subscription.cycles().size()) || isFulfilled(subscription, terms)) {
      return new Due(end, What.STOP);
    }
    return new Due(renewal.declines() ? end : end.minus(renewal.lead()), What.RENEW);
  }

  private static boolean isFulfilled(Subscription subscription, PlanTerms terms) {
    return subscription.renewal().endsWithCommitment()
        && terms.plan().kind() instanceof Installments committed
        && subscription.cycles().size() >= committed.payments();
  }
}
