package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.Optional;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.backend.takeover.source.V1Source;

/// What has to be known of a database of summer 2026 as a whole before any of its accounts can be
/// understood; little, of however many accounts, but for payments that nobody has claimed.
///
/// @param takenAt the instant of the run
record V1Ground(
    Instant takenAt, Sieve<V1Payment> sieve, Waiting<V1Payment> waiting, Options options) {

  static V1Ground of(V1Source source, Instant takenAt, Options options) {
    Sieve<V1Payment> sieve =
        new Sieve<>(
            new Namesakes<>(
                source.namesakes(),
                row -> V1Repair.unusable(row) == null ? StoreNames.key(row) : Optional.empty(),
                V1Merge::of),
            V1Repair::unusable,
            V1Json::of);
    return new V1Ground(
        takenAt,
        sieve,
        waiting(source, sieve, new V1Repair(takenAt, options.development(), _ -> {})),
        options);
  }

  private static Waiting<V1Payment> waiting(
      V1Source source, Sieve<V1Payment> sieve, V1Repair repair) {
    Waiting<V1Payment> waiting = new Waiting<>(V1Fold::subscription);
    source.unowned(
        0,
        row -> {
          V1Payment taken = sieve.taken(row, new Sieve.Rest());
          if (taken != null && !taken.isRevoked()) {
            waiting.add(repair.mend(taken), StoreNames.binding(taken));
          }
        });
    return waiting;
  }
}
