package org.sessionpro.backend.jobs;

import java.time.Duration;
import org.sessionpro.backend.db.LeaseName;

/// Work that is done again and again, by one process of all.
///
/// @param name also of its lease
/// @param interval from the end of a run to the start of the next; greater than zero
/// @param lease how long a process that has died keeps others from the job; greater than zero. Its
///     third should be longer than a portion of the work takes
public record Job(LeaseName name, Duration interval, Duration lease, Work work) {
  public Job {
    if (!interval.isPositive() || !lease.isPositive()) {
      throw new IllegalArgumentException("interval and lease of a job are longer than zero");
    }
  }

  /// What a job does.
  @FunctionalInterface
  public interface Work {
    /// Does it once, in portions. Whatever is left when [Turn#goesOn()] says no is left to the next
    /// run.
    ///
    /// @throws RuntimeException if it cannot be done; it is tried again after a minute, then after
    ///     twice as long each time, up to the interval
    void run(Turn turn);
  }

  /// A run of the work as the work sees it.
  @FunctionalInterface
  public interface Turn {
    /// Whether to begin another portion: not when the program stops, nor when another process has
    /// taken over. Renews the lease.
    boolean goesOn();

    /// Says that the work was left undone, for a reason that was told: the run does not count as one,
    /// and the next one comes after the interval.
    default void leaveUndone() {}
  }
}
