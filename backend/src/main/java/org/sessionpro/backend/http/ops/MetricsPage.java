package org.sessionpro.backend.http.ops;

import java.util.List;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;

/// `GET /metrics`: every number of this process, in Prometheus' text format. One request costs as much as
/// looking at all of them, and never waits for the database for longer than 3 s.
public final class MetricsPage implements Route.Handler {
  private final List<Source> sources;

  public MetricsPage(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public Reply handle(Exchange exchange) {
    Scrape scrape = new Scrape();
    sources.forEach(source -> source.show(scrape));
    return Reply.metrics(scrape.text());
  }
}
