package org.sessionpro.backend.inbox;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.sessionpro.backend.telemetry.Tally;

/// Counts what became of items that were worked on, in this process.
public final class WorkCounts {
  private final Map<WorkKind, Tally<Ending>> endings = new EnumMap<>(WorkKind.class);

  /// How work on an item ended.
  public enum Ending {
    DONE,
    FAILED,
    /// There is nothing to do before some time.
    WAITS,
    /// The store may not be asked.
    HELD,
    PARKED,
    UNFINISHED,
    /// Somebody else has it now.
    LOST
  }

  WorkCounts() {
    for (WorkKind kind : WorkKind.values()) {
      endings.put(kind, Tally.of(Ending.class));
    }
  }

  void count(WorkKind kind, Outcome outcome, Settled settled) {
    Tally<Ending> tally = endings.get(kind);
    if (tally != null) {
      tally.count(ending(outcome, settled));
    }
  }

  private static Ending ending(Outcome outcome, Settled settled) {
    return switch (settled.fate()) {
      case LOST -> Ending.LOST;
      case PARKED -> Ending.PARKED;
      case GONE, STAYS ->
          switch (outcome) {
            case Outcome.Done _, Outcome.Again _ -> Ending.DONE;
            case Outcome.Failed _ -> Ending.FAILED;
            case Outcome.Waits _ -> Ending.WAITS;
            case Outcome.Held _ -> Ending.HELD;
            case Outcome.Parked _ -> Ending.PARKED;
            case Outcome.Unfinished _ -> Ending.UNFINISHED;
          };
    };
  }

  /// How work ended on items of each kind.
  public Map<WorkKind, Tally<Ending>> endings() {
    return Collections.unmodifiableMap(endings);
  }
}
