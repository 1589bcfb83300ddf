package org.sessionpro.backend.jobs;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.store.google.StartUpCheck.Finding;
import org.sessionpro.backend.store.google.StartUpCheck.Weight;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Asks Google again what it did not answer when the server started: whether everything is set up as
/// it must be (`google-play.md` §8). Once it has answered there is nothing left to do.
public final class CheckGoogle implements Job.Work {
  private static final LeaseName NAME = new LeaseName("google.check");
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Supplier<List<Finding>> check;
  private boolean answered;

  private CheckGoogle(Supplier<List<Finding>> check) {
    this.check = check;
  }

  /// The job.
  ///
  /// @param check asks Google
  public static Job job(Supplier<List<Finding>> check, Duration lease) {
    return new Job(NAME, INTERVAL, lease, new CheckGoogle(check));
  }

  @Override
  public void run(Job.Turn turn) {
    if (answered) {
      return;
    }
    List<Finding> findings = check.get();
    if (findings.stream().anyMatch(it -> it.weight() == Weight.UNANSWERED)) {
      LOG.warn("Google has still not said how it is set up; it is asked again in a minute");
      return;
    }
    answered = true;
    LOG.info("Google has said how it is set up");
    findings.forEach(CheckGoogle::tell);
  }

  private static void tell(Finding finding) {
    if (finding.fatal()) {
      LOG.error(Severity.CRITICAL, "a server would not start with this: {}", finding.text());
    } else {
      LOG.warn("{}", finding.text());
    }
  }
}
