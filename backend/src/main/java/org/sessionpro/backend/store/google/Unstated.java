package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.Convergence.Missing;
import org.sessionpro.backend.store.google.LossRule.Recorded;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.PurchaseToken;

/// What follows where Google states no cycle of a subscription: its record owns nothing, or there is
/// none any more (`google-play.md` §6.1, §6.2).
///
/// @param occasion of the look at it
record Unstated(Known known, Occasion occasion) {
  /// Nothing in the record is owned: it is not paid for yet, or the record fails to say what is. What
  /// was heard against the known cycles counts all the same: at once if all is over, else once that was
  /// waited for (`google-play.md` §6.1).
  Convergence unowned(SubscriptionResource resource) {
    Missing missing = resource.state() == State.PENDING ? Missing.PAYMENT : Missing.ORDER;
    if (known.of(occasion.token()).isEmpty()) {
      return occasion.waiting(missing);
    }
    Draft draft = new Draft(known.payments());
    if (resource.state() == State.EXPIRED) {
      CycleWriter.endRenewals(draft, occasion);
      PurchaseToken linked = resource.linked();
      return over(
          draft,
          linked == null ? known.before(occasion.token()) : linked,
          resource.notes().replaced());
    }
    LossRule losses = new LossRule(occasion.token(), resource.linked(), known);
    if (!losses.isRevocationOwed(draft, false)) {
      return occasion.waiting(missing);
    }
    return occasion
        .secondLook(known.heldSince())
        .<Convergence>map(HeldLoss::new)
        .orElseGet(() -> revoked(draft, losses));
  }

  private Applied revoked(Draft draft, LossRule losses) {
    Set<Alarm> alarms = EnumSet.of(Alarm.REVOKED_AGAINST_THE_RECORD);
    alarms.addAll(losses.apply(draft, new Recorded.Nothing()));
    return applied(draft, alarms);
  }

  /// The subscription has been over for 60 days: its losses are confirmed, its terms stay, and nothing is
  /// owed to Google any more.
  Applied gone() {
    PurchaseToken before = known.before(occasion.token());
    return over(new Draft(known.payments()), before, !known.successors().isEmpty());
  }

  /// @param before whose place the purchase took; null if nobody's
  /// @param replaced whether another one took its place
  private Applied over(Draft draft, @Nullable PurchaseToken before, boolean replaced) {
    List<Payment> cycles = draft.of(occasion.token());
    Recorded recorded =
        replaced || cycles.isEmpty() ? new Recorded.Over(null) : ended(cycles.getLast());
    Set<Alarm> alarms = new LossRule(occasion.token(), before, known).apply(draft, recorded);
    CycleWriter.hideTwins(draft, before, occasion);
    CycleWriter.acknowledged(draft, occasion);
    return applied(draft, alarms);
  }

  private Recorded ended(Payment newest) {
    Instant now = occasion.now();
    Instant paid = newest.terms().expiry();
    Instant end = newest.terms().lastEnd();
    return end == null || !end.isAfter(now)
        ? new Recorded.Over(null)
        : new Recorded.CutShort(paid != null && paid.isAfter(now) ? null : paid);
  }

  private Applied applied(Draft draft, Set<Alarm> alarms) {
    return new Applied(
        draft.statements(),
        List.of(),
        CycleWriter.twins(draft, known, occasion.token()),
        null,
        alarms);
  }
}
