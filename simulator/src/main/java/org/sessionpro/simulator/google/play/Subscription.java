package org.sessionpro.simulator.google.play;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.play.Phase.Abandoned;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Canceled;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.InGrace;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.Paused;
import org.sessionpro.simulator.google.play.Phase.Pending;
import org.sessionpro.simulator.google.play.Phase.SilentGrace;

/// Everything behind one purchase token, at one moment. Values of this type never change: the store
/// replaces them.
///
/// @param cycles all that were paid, oldest first; empty until the first payment
/// @param extras what has no influence on entitlement
public record Subscription(
    PurchaseToken token,
    Origin origin,
    Phase phase,
    List<Cycle> cycles,
    Renewal renewal,
    Acknowledgement acknowledgement,
    Extras extras) {
  public Subscription {
    cycles = List.copyOf(cycles);
  }

  /// The cycle that Play shows, the latest one paid; empty if none is.
  public Optional<Cycle> newest() {
    return cycles.isEmpty() ? Optional.empty() : Optional.of(cycles.getLast());
  }

  /// The cycle that Play shows.
  ///
  /// @throws PlayRefusal if nothing has been paid yet
  Cycle paid() {
    return newest().orElseThrow(() -> PlayRefusal.notPossible("it is not paid yet"));
  }

  /// What was bought, as it stands in the present cycle.
  public Sale sale() {
    return switch (phase) {
      case Pending pending -> pending.sale();
      case Abandoned abandoned -> abandoned.sale();
      case Active _, SilentGrace _, InGrace _, OnHold _, Paused _, Canceled _, Expired _ ->
          paid().sale();
    };
  }

  /// What Play states as the end of access; null if nothing was paid.
  public @Nullable Instant statedExpiry() {
    return switch (phase) {
      case Pending _, Abandoned _ -> null;
      case Active _, Paused _ -> paid().paidUntil();
      case SilentGrace silent -> silent.until();
      case InGrace grace -> grace.until();
      case OnHold hold -> hold.since();
      case Canceled canceled -> canceled.endsAt();
      case Expired expired -> expired.at();
    };
  }

  /// Whether it entitles to the same, until the same end, as another moment of it.
  public boolean isAlike(Subscription other) {
    return phase.equals(other.phase)
        && cycles.equals(other.cycles)
        && renewal.on() == other.renewal.on();
  }

  /// Whether it is over.
  public boolean isExpired() {
    return phase instanceof Expired;
  }

  /// Whether Play lets the buyer in.
  public boolean givesAccess() {
    return switch (phase) {
      case Active _, SilentGrace _, InGrace _, Canceled _ -> true;
      case Pending _, Abandoned _, OnHold _, Paused _, Expired _ -> false;
    };
  }

  Subscription with(Origin changed) {
    return new Subscription(token, changed, phase, cycles, renewal, acknowledgement, extras);
  }

  Subscription with(Phase changed) {
    return new Subscription(token, origin, changed, cycles, renewal, acknowledgement, extras);
  }

  Subscription with(Renewal changed) {
    return new Subscription(token, origin, phase, cycles, changed, acknowledgement, extras);
  }

  Subscription with(Acknowledgement changed) {
    return new Subscription(token, origin, phase, cycles, renewal, changed, extras);
  }

  Subscription with(Extras changed) {
    return new Subscription(token, origin, phase, cycles, renewal, acknowledgement, changed);
  }

  Subscription with(List<Cycle> changed) {
    return new Subscription(token, origin, phase, changed, renewal, acknowledgement, extras);
  }

  Subscription plus(Cycle cycle) {
    List<Cycle> more = new ArrayList<>(cycles);
    more.add(cycle);
    return with(more);
  }

  Subscription withNewest(UnaryOperator<Cycle> change) {
    List<Cycle> changed = new ArrayList<>(cycles);
    changed.set(changed.size() - 1, change.apply(paid()));
    return with(changed);
  }

  /// Ends it: nothing will renew and nothing can be taken back for want of an acknowledgement.
  Subscription expired(Instant at, @Nullable Cancellation why) {
    return with(new Expired(at, why))
        .with(renewal.on(false))
        .with(acknowledgement.withoutDeadline());
  }
}
