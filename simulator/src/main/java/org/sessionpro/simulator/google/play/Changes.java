package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.google.catalogue.PlanKind.Installments;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.Cancellation.ByUser;
import org.sessionpro.simulator.google.play.Phase.Abandoned;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Canceled;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.InGrace;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.Paused;
import org.sessionpro.simulator.google.play.Phase.Pending;
import org.sessionpro.simulator.google.play.Phase.SilentGrace;

/// What buyer and developer do to a subscription without money moving.
final class Changes {
  private final Books books;
  private final Billing billing;
  private final boolean canceledGraceRunsOn;

  Changes(Books books, Billing billing, boolean canceledGraceRunsOn) {
    this.books = books;
    this.billing = billing;
    this.canceledGraceRunsOn = canceledGraceRunsOn;
  }

  void cancel(Subscription subscription, Cancellation why, Instant now) {
    switch (subscription.phase()) {
      case Active _ -> cancelActive(subscription, why, now);
      case InGrace grace -> cancelInGrace(subscription, grace, why, now);
      case SilentGrace _, OnHold _ -> billing.end(subscription, now, now, why);
      case Paused _ -> billing.end(subscription, subscription.paid().paidUntil(), now, why);
      case Pending _, Abandoned _, Canceled _, Expired _ ->
          throw PlayRefusal.notPossible("it will not renew anyway");
    }
  }

  private void cancelActive(Subscription subscription, Cancellation why, Instant now) {
    PlanTerms terms = books.terms(subscription);
    if (terms.plan().isPrepaid()) {
      throw PlayRefusal.notPossible("a prepaid plan does not renew");
    }
    boolean committed =
        terms.plan().kind() instanceof Installments installments
            && subscription.cycles().size() < installments.payments();
    if (committed && why instanceof ByUser) {
      Subscription scheduled = subscription.with(subscription.renewal().endingWithCommitment());
      books.put(scheduled);
      books.announce(now, SubscriptionEvent.CANCELLATION_SCHEDULED, scheduled);
    } else {
      runOut(subscription, subscription.paid().paidUntil(), why, now);
    }
  }

  private void cancelInGrace(
      Subscription subscription, InGrace grace, Cancellation why, Instant now) {
    if (canceledGraceRunsOn) {
      runOut(subscription, grace.until(), why, now);
      return;
    }
    Duration served = Duration.between(subscription.paid().paidUntil(), now);
    Subscription cut =
        subscription.withNewest(cycle -> cycle.grace(served.isPositive() ? served : null));
    billing.end(cut, now, now, why);
  }

  private void runOut(Subscription subscription, Instant endsAt, Cancellation why, Instant now) {
    Subscription canceled =
        subscription.with(new Canceled(endsAt, why)).with(subscription.renewal().on(false));
    books.put(canceled);
    books.announce(now, SubscriptionEvent.CANCELED, canceled);
  }

  /// The buyer changes their mind before the end.
  void restart(Subscription subscription, Instant now) {
    boolean canceled =
        subscription.phase() instanceof Canceled ending
            && ending.endsAt().equals(subscription.paid().paidUntil());
    if (!canceled && !subscription.renewal().endsWithCommitment()) {
      throw PlayRefusal.notPossible("it is not cancelled");
    }
    Subscription restarted = subscription.with(new Active()).with(subscription.renewal().on(true));
    books.put(restarted);
    books.announce(now, SubscriptionEvent.RESTARTED, restarted);
  }

  /// Schedules a pause for the end of the present cycle.
  ///
  /// @param length null takes the schedule back
  void schedulePause(Subscription subscription, @Nullable Period length, Instant now) {
    requireRenewing(subscription);
    Subscription scheduled = subscription.with(subscription.renewal().pause(length));
    books.put(scheduled);
    books.announce(now, SubscriptionEvent.PAUSE_SCHEDULE_CHANGED, scheduled);
  }

  /// Ends a pause before its time.
  void resume(Subscription subscription, Instant now) {
    if (!(subscription.phase() instanceof Paused)) {
      throw PlayRefusal.notPossible("it is not paused");
    }
    billing.resume(subscription, now);
  }

  /// The developer gives time: the present cycle ends later, and so do all that follow.
  void defer(Subscription subscription, Duration by, Instant now) {
    requireRenewing(subscription);
    Instant later = subscription.paid().paidUntil().plus(by);
    Subscription deferred =
        subscription
            .withNewest(cycle -> cycle.paidUntil(later))
            .with(subscription.renewal().anchor(later));
    books.put(deferred);
    books.announce(now, SubscriptionEvent.DEFERRED, deferred);
  }

  /// Play will charge that long before the end of each cycle, at most a day.
  void chargeAhead(Subscription subscription, Duration lead) {
    requireRenewing(subscription);
    books.put(subscription.with(subscription.renewal().lead(lead)));
  }

  private void requireRenewing(Subscription subscription) {
    boolean renewing = subscription.phase() instanceof Active && subscription.renewal().on();
    if (!renewing) {
      throw PlayRefusal.notPossible("it is not active and renewing");
    }
  }

  /// The developer confirms the purchase.
  ///
  /// @param attached ids to attach, which Play takes of purchases made outside the app only; null if
  ///     none
  void acknowledge(Subscription subscription, @Nullable ExternalIds attached, Instant now) {
    Origin origin = subscription.origin();
    if (origin.startedAt() == null || subscription.isExpired()) {
      throw PlayRefusal.notPossible("there is nothing to acknowledge");
    }
    if (attached != null && origin.outOfApp() == null) {
      throw PlayRefusal.notPossible("ids can be attached to resubscriptions only");
    }
    if (!subscription.acknowledgement().isGiven()) {
      books.put(
          subscription
              .with(attached == null ? origin : origin.ids(attached))
              .with(Acknowledgement.given(now)));
    }
  }
}
