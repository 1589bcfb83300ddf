package org.sessionpro.backend.http.ops;

import java.util.List;
import java.util.function.Supplier;
import org.sessionpro.backend.jobs.JobState;
import org.sessionpro.backend.telemetry.Metric;

/// What runs without being asked, as numbers.
public record JobNumbers(Supplier<List<JobState>> jobs) implements Source {
  @Override
  public void show(Scrape scrape) {
    for (JobState job : jobs.get()) {
      String name = job.name().text();
      scrape.show(Metric.JOB_HELD, job.held(), name);
      scrape.show(Metric.JOB_INTERVAL, job.interval(), name);
      job.endings()
          .forEach(
              (ending, count) -> scrape.show(Metric.JOB_RUNS, count, name, Scrape.word(ending)));
      if (job.lastRun() != null) {
        scrape.show(Metric.JOB_TIME, job.lastRun(), name);
      }
    }
  }
}
