package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.backend.takeover.source.V1Source;
import org.sessionpro.protocol.ByteString;

/// What has to be known of a database of summer 2026 as a whole before any of its accounts can be
/// understood; little, of however many accounts.
///
/// @param takenAt the instant of the run
/// @param waiting buyers' ids of Google, of payments that wait for their owners
record V1Ground(Instant takenAt, Sieve<V1Payment> sieve, Set<ByteString> waiting, Options options) {

  static V1Ground of(V1Source source, Instant takenAt, Options options) {
    Set<ByteString> waiting = new HashSet<>();
    source.unowned(
        0,
        row -> {
          V1Payment.Google google = row.details().google();
          if (google != null && google.account() != null && !row.isRevoked()) {
            waiting.add(google.account());
          }
        });
    return new V1Ground(
        takenAt,
        new Sieve<V1Payment>(
            new Namesakes<>(
                source.namesakes(),
                row -> V1Repair.unusable(row) == null ? StoreNames.key(row) : Optional.empty(),
                V1Merge::of),
            V1Repair::unusable,
            V1Json::of),
        waiting,
        options);
  }
}
