package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a message when it arrives.
public sealed interface Intake {
  /// It is understood: what it said is recorded, and the rest is owed.
  record Understood(List<Owed> owed) implements Intake {
    public Understood {
      owed = List.copyOf(owed);
    }
  }

  /// It is kept and worked on as an item of its own ([WorkKind#MESSAGE]).
  ///
  /// @param owed what is owed besides
  record Kept(List<Owed> owed) implements Intake {
    public Kept {
      owed = List.copyOf(owed);
    }
  }

  /// It is kept for a human.
  ///
  /// @param problem in words without identifiers
  /// @param dueAt when it is of no use any more; null for never
  record Parked(ParkReason reason, String problem, @Nullable Instant dueAt) implements Intake {}
}
