package org.sessionpro.backend.http.ops;

import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseLoad;
import org.sessionpro.backend.db.DatabaseLoad.OneWriter;
import org.sessionpro.backend.db.DatabaseLoad.Pool;
import org.sessionpro.backend.telemetry.Metric;

/// How busy the database is, as numbers that this process knows.
public record DatabaseNumbers(Database database) implements Source {
  @Override
  public void show(Scrape scrape) {
    DatabaseLoad load = database.load();
    scrape.show(Metric.DATABASE_CONNECTIONS, load.inUse(), "in_use");
    scrape.show(Metric.DATABASE_CONNECTIONS, load.connections() - load.inUse(), "free");
    scrape.show(Metric.DATABASE_FAULTS, load.faults());
    switch (load) {
      case Pool pool -> {
        scrape.show(Metric.DATABASE_WAITING, pool.waiting());
        scrape.show(Metric.DATABASE_TIMEOUTS, pool.timeouts());
      }
      case OneWriter writer -> {
        scrape.show(Metric.DATABASE_WAITING, writer.queued());
        scrape.show(Metric.DATABASE_BATCH, writer.batches());
      }
    }
  }
}
