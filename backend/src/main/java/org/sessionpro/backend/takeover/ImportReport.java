package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.SequencedMap;
import java.util.Set;

/// What came of looking at a source, and of comparing it with its target (`import-python.md` §6.5).
///
/// @param fingerprint of everything in the source
/// @param takenAt the instant that everything goes by
/// @param rowsIn of each table of the source
/// @param rowsOut accounts and payments of nobody in the target; empty if nothing was loaded
/// @param obstacles codes that stand in the way of taking the source over
public record ImportReport(
    String fingerprint,
    Instant takenAt,
    SequencedMap<String, Long> rowsIn,
    SequencedMap<String, Long> rowsOut,
    Findings findings,
    Set<String> obstacles) {

  /// What follows.
  public enum Verdict {
    /// Everybody is answered as before, save for named differences.
    EQUAL,
    /// The operator has to accept something first.
    BLOCKED,
    /// Somebody is answered otherwise, and nothing explains it.
    UNEXPLAINED
  }

  public Verdict verdict() {
    if (findings.unexplainedCount() > 0) {
      return Verdict.UNEXPLAINED;
    }
    return obstacles.isEmpty() ? Verdict.EQUAL : Verdict.BLOCKED;
  }
}
