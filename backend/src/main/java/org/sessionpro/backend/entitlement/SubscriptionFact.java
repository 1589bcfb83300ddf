package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;

/// Something that a store said about a subscription, or a one-time purchase, as a whole, and that
/// its record of the purchase cannot state (`google-play.md` §1, `decisions-stores.md` §3). It may be
/// heard before any payment of the subscription is known, and changes no payment by itself: what
/// follows from it is stated by [PaymentFact]s.
public sealed interface SubscriptionFact {
  /// When it happened, on the clock of whoever states it.
  Instant happenedAt();

  /// Whether this tells nothing beyond what is known already, so that it need not be kept.
  default boolean addsNothingTo(Collection<? extends SubscriptionFact> known) {
    return known.stream().anyMatch(this::isToldBy);
  }

  /// Whether `known` tells all that this does.
  boolean isToldBy(SubscriptionFact known);

  /// The store said that something was taken back. It counts once the store's own record agrees.
  ///
  /// @param order the order that was voided; null exactly if the whole subscription was revoked
  /// @param quantity how many of a one-time purchase were voided; null if that was not said
  /// @param reason Google's number for why (`google-play.md` §6.3); null if that was not said
  /// @param at the store's instant of the loss; of several words about one loss the earliest counts
  record LossHeard(
      Loss loss,
      @Nullable OrderId order,
      @Nullable Integer quantity,
      @Nullable Integer reason,
      Instant at,
      HeardFrom source)
      implements SubscriptionFact {
    /// Google's number for a purchase that nobody acknowledged in time (`google-play.md` §6.3).
    private static final int NOT_ACKNOWLEDGED = 8;

    public LossHeard {
      if ((loss == Loss.REVOKED) != (order == null)) {
        throw new IllegalArgumentException("a void names its order, a revocation names none");
      }
      if (quantity != null && quantity < 1) {
        throw new IllegalArgumentException("at least one was voided");
      }
    }

    /// Google revoked the subscription for good (notification type 12).
    public static LossHeard revoked(Instant at) {
      return new LossHeard(Loss.REVOKED, null, null, null, at, HeardFrom.NOTIFICATION);
    }

    /// Whether the store took it back because nobody acknowledged it in time.
    public boolean isForWantOfAcknowledgement() {
      return reason != null && reason == NOT_ACKNOWLEDGED;
    }

    @Override
    public Instant happenedAt() {
      return at;
    }

    /// A later word about a loss tells nothing new unless it says how many were voided, or why.
    @Override
    public boolean isToldBy(SubscriptionFact known) {
      return known instanceof LossHeard that
          && loss == that.loss
          && Objects.equals(order, that.order)
          && (quantity == null || (quantity.equals(that.quantity) && at.equals(that.at)))
          && (reason == null || reason.equals(that.reason))
          && !at.isBefore(that.at);
    }
  }

  /// The store said that this subscription took the place of another one.
  ///
  /// @param to the one that came before
  record Linked(SubscriptionKey to, Instant at) implements SubscriptionFact {
    @Override
    public Instant happenedAt() {
      return at;
    }

    /// The first word stays, whenever it happened.
    @Override
    public boolean isToldBy(SubscriptionFact known) {
      return known instanceof Linked that && to.equals(that.to);
    }
  }

  /// What was taken back.
  enum Loss {
    /// The subscription, for good.
    REVOKED,
    /// An order, whole.
    VOIDED_FULL,
    /// Some of what one order bought.
    VOIDED_PARTIAL
  }

  /// How a loss came to be known.
  enum HeardFrom {
    NOTIFICATION,
    VOID_LIST
  }
}
