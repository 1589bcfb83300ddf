package org.sessionpro.backend.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.sessionpro.backend.config.BackupSettings;
import org.sessionpro.backend.db.Backups;
import org.sessionpro.backend.db.Backups.Backup;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Sees to it that there is a copy of the ledger that is not older than the interval between two
/// (`operator-v0.md` §3); first, whatever is kept no longer is deleted, if it can be. What counts is the copies that
/// there are, so that neither many starts nor a copy by hand makes more of them.
public final class BackUpLedger implements Job.Work {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private static final LeaseName NAME = new LeaseName("backup");

  /// A copy is that part of the interval late at most.
  private static final int LOOKS = 24;

  private final Backups backups;
  private final Duration interval;
  private final BiConsumer<Instant, String> announce;
  private final InstantSource clock;

  private BackUpLedger(
      Backups backups,
      Duration interval,
      BiConsumer<Instant, String> announce,
      InstantSource clock) {
    this.backups = backups;
    this.interval = interval;
    this.announce = announce;
    this.clock = clock;
  }

  /// The job. It looks 24 times in the interval between two copies, yet once a minute at most.
  ///
  /// @param database the ledger's file
  /// @param announce tells whoever follows the service of a copy, and of those that were deleted
  public static Job job(
      Path database,
      BackupSettings settings,
      BiConsumer<Instant, String> announce,
      InstantSource clock,
      Duration lease) {
    Duration interval = settings.interval();
    Duration often = interval.dividedBy(LOOKS);
    Duration look = often.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : often;
    Backups backups = new Backups(database, settings.directory());
    return new Job(NAME, look, lease, new BackUpLedger(backups, interval, announce, clock));
  }

  @Override
  public void run(Job.Turn turn) {
    Instant now = clock.instant();
    if (backups.all().stream().anyMatch(one -> isRecent(one.takenAt(), now))) {
      return;
    }
    rotate(now);
    Path copy = backups.make(now, _ -> turn.goesOn());
    tell(now, "the ledger was copied to " + copy);
  }

  /// Copies that cannot be deleted cost room; that no new one is made would cost the ledger.
  private void rotate(Instant now) {
    try {
      List<Backup> deleted = backups.rotate(now);
      tell(now, backups.all().size(), deleted);
    } catch (DatabaseFault undeletable) {
      LOG.error("{}", undeletable.getMessage(), undeletable);
    }
  }

  private void tell(Instant now, int kept, List<Backup> deleted) {
    String names =
        deleted.isEmpty()
            ? ""
            : deleted.stream()
                .map(one -> one.file().getFileName().toString())
                .collect(Collectors.joining(", ", ": ", ""));
    tell(now, "copies of the ledger: " + kept + " kept, " + deleted.size() + " deleted" + names);
  }

  private void tell(Instant now, String text) {
    LOG.info("{}", text);
    announce.accept(now, text);
  }

  /// One of the future says nothing: a clock was wrong.
  private boolean isRecent(Instant takenAt, Instant now) {
    return !takenAt.isAfter(now) && takenAt.plus(interval).isAfter(now);
  }
}
