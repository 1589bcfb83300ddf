package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What the losses that were heard of one subscription do to its payments (`google-play.md` §6).
final class LossRule {
  private final PurchaseToken token;
  private final @Nullable PurchaseToken linked;
  private final @Nullable Instant revokedAt;
  private final Map<String, List<LossHeard>> voids;

  /// How far apart Google's words for one event may be.
  private static final Duration ONE_EVENT = Duration.ofHours(1);

  /// What Google's record says of a subscription that something was heard against.
  sealed interface Recorded {
    /// It is over.
    ///
    /// @param cutTo the end of its newest cycle, if that is earlier than was known, its grace included;
    ///     else null
    record Over(@Nullable Instant cutTo) implements Recorded {
      /// Whether a refund is what ended it, though the record went on when the refund was heard.
      private boolean isBecauseOf(Instant refund) {
        return cutTo != null && !cutTo.isAfter(refund.plus(ONE_EVENT));
      }
    }

    /// It is over before its newest cycle was to end, and since when is not said.
    ///
    /// @param graceFrom the end of what was paid for, if only the grace was cut; else null
    record CutShort(@Nullable Instant graceFrom) implements Recorded {
      /// Whether a refund may be what cut it: one from before the grace had left all that was paid for.
      private boolean mayBeBecauseOf(Instant refund) {
        return graceFrom == null || !refund.isBefore(graceFrom);
      }
    }

    /// It goes on.
    record GoesOn() implements Recorded {}

    /// Nothing, for the record is about a cycle that another one came after, or about none.
    record Nothing() implements Recorded {}
  }

  /// @param linked the purchase whose place this one took; the same money may be known under both
  LossRule(PurchaseToken token, @Nullable PurchaseToken linked, Known known) {
    this.token = token;
    this.linked = linked;
    this.revokedAt = earliest(heard(known.lossesOf(token).toList(), Loss.REVOKED));
    List<LossHeard> voided = heard(known.lossesOf(token).toList(), Loss.VOIDED_FULL);
    List<LossHeard> before =
        linked == null ? List.of() : heard(known.lossesOf(linked).toList(), Loss.VOIDED_FULL);
    this.voids =
        Stream.concat(voided.stream(), before.stream())
            .collect(Collectors.groupingBy(LossRule::order, TreeMap::new, Collectors.toList()));
  }

  private static List<LossHeard> heard(Collection<LossHeard> all, Loss loss) {
    return all.stream().filter(one -> one.loss() == loss).toList();
  }

  private static @Nullable Instant earliest(Collection<LossHeard> all) {
    return all.stream().map(LossHeard::at).min(Comparator.naturalOrder()).orElse(null);
  }

  private static String order(LossHeard heard) {
    OrderId order = heard.order();
    return order == null ? "" : order.value();
  }

  /// Whether the subscription was revoked and that is still to be carried out.
  ///
  /// @param unknownCycle whether the record names a cycle that is not known yet
  boolean isRevocationOwed(Draft draft, boolean unknownCycle) {
    Instant at = revokedAt;
    return at != null
        && (unknownCycle
            || draft.of(token).stream().anyMatch(payment -> isTakenBy(payment, at, draft)));
  }

  /// Carries out what was heard: a revocation whatever the record says, and voids as far as it agrees.
  ///
  /// @return what somebody should look at
  Set<Alarm> apply(Draft draft, Recorded recorded) {
    if (revokedAt != null) {
      revoke(draft, revokedAt, RevokedFor.REVOKED);
    }
    Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
    if (!(recorded instanceof Recorded.Nothing)) {
      for (Payment payment : draft.of(token)) {
        List<LossHeard> heard = voids.getOrDefault(payment.key().cycle(), List.of());
        Instant at = earliest(heard);
        if (at != null && carryOut(draft, payment.key(), at, recorded)) {
          if (heard.stream().anyMatch(LossHeard::isForWantOfAcknowledgement)) {
            alarms.add(Alarm.NOT_ACKNOWLEDGED_IN_TIME);
          }
        }
      }
    }
    return alarms;
  }

  /// A void of the newest order of what is over took it away; every other one is for the record.
  private boolean carryOut(Draft draft, PaymentKey key, Instant at, Recorded recorded) {
    Payment payment = draft.find(key).orElseThrow();
    if (draft.isNewest(payment, token) && isTaken(payment, at, recorded)) {
      boolean twinToo = revokeTwin(draft, payment, at);
      boolean changed = revoke(draft, at, RevokedFor.VOIDED);
      return changed || twinToo;
    }
    Instant known = payment.losses().voidedAt();
    if (!payment.isStanding() || (known != null && !known.isAfter(at))) {
      return false;
    }
    twin(draft, payment).ifPresent(twin -> draft.add(twin.key(), new Voided(at)));
    return draft.add(key, new Voided(at));
  }

  /// What has gone on after its refund was lost only if its end says so, which a record that was behind
  /// shows later: it may also lapse, or be replaced.
  private static boolean isTaken(Payment payment, Instant at, Recorded recorded) {
    return switch (recorded) {
      case Recorded.Over over -> payment.losses().voidedAt() == null || over.isBecauseOf(at);
      case Recorded.CutShort cut -> payment.losses().voidedAt() == null || cut.mayBeBecauseOf(at);
      case Recorded.GoesOn _, Recorded.Nothing _ -> false;
    };
  }

  private boolean revokeTwin(Draft draft, Payment payment, Instant at) {
    return twin(draft, payment)
        .filter(twin -> !isTakenBack(twin, at))
        .map(twin -> draft.add(twin.key(), new Revoked(at, RevokedFor.VOIDED, false)))
        .orElse(false);
  }

  /// The same money as it is known under the purchase before.
  private Optional<Payment> twin(Draft draft, Payment payment) {
    return linked == null
        ? Optional.empty()
        : draft.find(PaymentKey.google(linked, new OrderId(payment.key().cycle())));
  }

  /// Revokes the newest cycle and those that reach beyond `at`; those consumed before stay.
  private boolean revoke(Draft draft, Instant at, RevokedFor reason) {
    List<Payment> taken =
        draft.of(token).stream().filter(payment -> isTakenBy(payment, at, draft)).toList();
    boolean changed = false;
    for (Payment payment : taken) {
      changed |= draft.add(payment.key(), new Revoked(at, reason, false));
    }
    return changed;
  }

  private boolean isTakenBy(Payment payment, Instant at, Draft draft) {
    Instant expiry = payment.terms().expiry();
    boolean reaches = expiry != null && expiry.isAfter(at);
    return !isTakenBack(payment, at) && (reaches || draft.isNewest(payment, token));
  }

  /// The earliest instant counts, whichever word came first.
  private static boolean isTakenBack(Payment payment, Instant at) {
    Revocation known = payment.revocation();
    return known != null && !known.at().isAfter(at);
  }
}
