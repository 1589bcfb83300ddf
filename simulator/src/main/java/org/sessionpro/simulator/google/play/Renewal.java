package org.sessionpro.simulator.google.play;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.google.catalogue.Sale;

/// What is to happen at the end of the present cycle.
///
/// @param on whether Play will charge again; the flag that it shows
/// @param declines whether the buyer's card will be declined
/// @param anchor the instant that cycles are counted from
/// @param lead how long before the end of a cycle Play charges for the next one
/// @param pause how long a pause is to last that begins then; null if none is scheduled
/// @param next what it renews as; null if nothing changes
/// @param endsWithCommitment whether it stops once all installments are paid
public record Renewal(
    boolean on,
    boolean declines,
    Instant anchor,
    Duration lead,
    @Nullable Period pause,
    @Nullable Sale next,
    boolean endsWithCommitment) {
  static Renewal from(Instant anchor) {
    return new Renewal(true, false, anchor, Duration.ZERO, null, null, false);
  }

  static Renewal never(Instant anchor) {
    return from(anchor).on(false);
  }

  /// Switches renewal; a pause or a plan change that waits for it is off then too.
  Renewal on(boolean whether) {
    return new Renewal(whether, declines, anchor, lead, null, null, false);
  }

  Renewal declines(boolean whether) {
    return new Renewal(on, whether, anchor, lead, pause, next, endsWithCommitment);
  }

  Renewal anchor(Instant instant) {
    return new Renewal(on, declines, instant, lead, pause, next, endsWithCommitment);
  }

  Renewal lead(Duration length) {
    return new Renewal(on, declines, anchor, length, pause, next, endsWithCommitment);
  }

  Renewal pause(@Nullable Period length) {
    return new Renewal(on, declines, anchor, lead, length, next, endsWithCommitment);
  }

  Renewal next(@Nullable Sale sale) {
    return new Renewal(on, declines, anchor, lead, pause, sale, endsWithCommitment);
  }

  Renewal endingWithCommitment() {
    return new Renewal(on, declines, anchor, lead, pause, next, true);
  }
}
