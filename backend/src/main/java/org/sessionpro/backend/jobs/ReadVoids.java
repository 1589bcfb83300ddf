package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.google.PlayApi.VoidEntry;
import org.sessionpro.backend.store.google.VoidList;
import org.sessionpro.backend.store.google.work.VoidsHeard;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Reads Google's list of voided purchases, for losses that no notification told of (`google-play.md`
/// §6.3). Begins a day before it was read to its end last.
public final class ReadVoids implements Job.Work {
  public static final LeaseName NAME = new LeaseName("google.voids");

  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  private final VoidList list;
  private final VoidsHeard heard;
  private final Leases leases;
  private final InstantSource clock;

  /// Whether Google did not let us read it last time.
  private boolean forbidden;

  private ReadVoids(VoidList list, VoidsHeard heard, Leases leases, InstantSource clock) {
    this.list = list;
    this.heard = heard;
    this.leases = leases;
    this.clock = clock;
  }

  /// The job.
  ///
  /// @param leases which know when it was done last, by whichever process
  public static Job job(
      VoidList list,
      VoidsHeard heard,
      Leases leases,
      Duration interval,
      InstantSource clock,
      Duration lease) {
    return new Job(NAME, interval, lease, new ReadVoids(list, heard, leases, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    Instant began = clock.instant();
    StoreAnswer<?> end = list.read(VoidList.since(readAt(), began), page -> take(page, turn));
    if (end instanceof Unauthorized<?>) {
      forbidden(turn);
      return;
    }
    forbidden = false;
    if (!(end instanceof Answer<?>) || !turn.goesOn()) {
      // A run that counts as done would move the beginning of the next one.
      throw new IllegalStateException("the list of voided purchases was not read to its end");
    }
  }

  /// Told once: whoever wants it that way knows, and what notifications tell is heard all the same.
  private void forbidden(Job.Turn turn) {
    if (!forbidden) {
      LOG.warn(
          "the list of voided purchases cannot be read: the service account may not view financial"
              + " data");
    }
    forbidden = true;
    turn.leaveUndone();
  }

  private boolean take(List<VoidEntry> page, Job.Turn turn) {
    int news = 0;
    for (VoidEntry entry : page) {
      news += heard.hear(entry) ? 1 : 0;
    }
    if (news > 0) {
      LOG.info("voided purchases that no notification told of: {}", news);
    }
    return turn.goesOn();
  }

  private @Nullable Instant readAt() {
    return leases.all().stream()
        .filter(state -> state.name().equals(NAME))
        .flatMap(state -> Stream.ofNullable(state.lastSuccess()))
        .findFirst()
        .orElse(null);
  }
}
