package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.store.google.StartUpCheck.Finding;
import org.sessionpro.backend.store.google.StartUpCheck.Verdict;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Asks Google again what it did not answer when the server started: whether everything is set up as
/// it must be (`google-play.md` §8). What must not be is told as soon as it is known; once everything is
/// answered there is nothing left to do.
public final class CheckGoogle implements Job.Work {
  private static final LeaseName NAME = new LeaseName("google.check");
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Supplier<Verdict> check;
  private final Runnable whenKnown;
  private final Set<Finding> told = new HashSet<>();
  private boolean answered;

  private CheckGoogle(Supplier<Verdict> check, Runnable whenKnown) {
    this.check = check;
    this.whenKnown = whenKnown;
  }

  /// The job.
  ///
  /// @param check asks Google
  /// @param whenKnown done when nothing is wrong and Google has shown that it knows the app, perhaps more
  ///     than once
  public static Job job(Supplier<Verdict> check, Runnable whenKnown, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new CheckGoogle(check, whenKnown));
  }

  @Override
  public void run(Job.Turn turn) {
    if (answered) {
      return;
    }
    Verdict verdict = check.get();
    // What loses purchases is told whatever else is still unanswered.
    verdict.fatal().forEach(this::tell);
    if (verdict.knowsApp() && verdict.fatal().isEmpty()) {
      whenKnown.run();
    }
    if (verdict.isUnanswered()) {
      LOG.warn("Google has still not said how it is set up; it is asked again in a minute");
      return;
    }
    answered = true;
    LOG.info("Google has said how it is set up");
    verdict.findings().forEach(this::tell);
  }

  private void tell(Finding finding) {
    if (!told.add(finding)) {
      return;
    }
    if (finding.fatal()) {
      LOG.error(Severity.CRITICAL, "a server would not start with this: {}", finding.text());
    } else {
      LOG.warn("{}", finding.text());
    }
  }
}
