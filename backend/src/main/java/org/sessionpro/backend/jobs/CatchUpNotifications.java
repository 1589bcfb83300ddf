package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.apple.NotificationList.End;
import org.sessionpro.backend.store.apple.work.CatchUp;
import org.sessionpro.backend.store.apple.work.CatchUp.CaughtUp;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Looks for notifications of Apple's that did not arrive (`app-store.md` §1.4). How far it has come is
/// when it was done last, which the lease remembers.
public final class CatchUpNotifications implements Job.Work {
  /// Whoever has it catches up.
  public static final LeaseName NAME = new LeaseName("apple.catch-up");

  private static final Logger LOG = LoggerName.APP_STORE.logger();

  private final CatchUp catchUp;
  private final Leases leases;

  private CatchUpNotifications(CatchUp catchUp, Leases leases) {
    this.catchUp = catchUp;
    this.leases = leases;
  }

  /// The job.
  ///
  /// @param leases which know when it was done last, by whichever process
  public static Job job(CatchUp catchUp, Leases leases, Duration interval, Duration lease) {
    return new Job(NAME, interval, lease, new CatchUpNotifications(catchUp, leases));
  }

  @Override
  public void run(Job.Turn turn) {
    CaughtUp result = catchUp.run(readAt(leases), turn::goesOn);
    if (result.kept() > 0) {
      LOG.info("notifications that did not arrive by themselves: {}", result.kept());
    }
    switch (result.end()) {
      case End.Read _ -> {}
      case End.Stopped _ -> turn.leaveUndone();
      case End.Failed(StoreAnswer<?> answer) -> {
        if (answer instanceof Unauthorized<?>) {
          // The gate has told of it.
          turn.leaveUndone();
        } else {
          throw new IllegalStateException(
              "the list of notifications was not read to its end: "
                  + answer.getClass().getSimpleName());
        }
      }
    }
  }

  /// When the list was read to its end last; null if it never was.
  public static @Nullable Instant readAt(Leases leases) {
    return leases.all().stream()
        .filter(state -> state.name().equals(NAME))
        .flatMap(state -> Stream.ofNullable(state.lastSuccess()))
        .findFirst()
        .orElse(null);
  }
}
