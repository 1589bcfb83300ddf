package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseName;

/// How a job goes in this process; what other processes do is not in it.
///
/// @param held whether this process had the lease when it looked last
/// @param endings how the runs ended that there were
/// @param lastRun how long the last run took, in real time; null if there was none
public record JobState(
    LeaseName name,
    Duration interval,
    boolean held,
    Map<Ending, Long> endings,
    @Nullable Duration lastRun) {
  public JobState {
    endings = Map.copyOf(endings);
  }

  /// How a run ended.
  public enum Ending {
    SUCCEEDED,
    FAILED,
    /// For a reason that was told, or because the program stopped.
    LEFT_UNDONE
  }
}
