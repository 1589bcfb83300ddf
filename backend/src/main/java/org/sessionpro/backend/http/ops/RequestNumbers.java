package org.sessionpro.backend.http.ops;

import java.util.function.Supplier;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.RequestMeter;
import org.sessionpro.backend.http.RequestMeter.Way;
import org.sessionpro.backend.http.ServerLoad;
import org.sessionpro.backend.telemetry.Metric;

/// What clients ask, and how busy the server is with it, as numbers.
///
/// @param load of the server that they reach
public record RequestNumbers(RequestMeter meter, Supplier<ServerLoad> load) implements Source {
  @Override
  public void show(Scrape scrape) {
    meter
        .counts()
        .forEach((kind, count) ->
            scrape.show(
                Metric.REQUESTS,
                count.sum(),
                kind.way().route(),
                transport(kind.way()),
                protocol(kind.contract()),
                kind.outcome().word()));
    meter
        .times()
        .forEach((way, times) ->
            scrape.show(Metric.REQUEST_TIME, times.read(), way.route(), transport(way)));
    ServerLoad now = load.get();
    now.gates()
        .forEach((lane, gate) -> {
          scrape.show(Metric.REQUESTS_WORKING, gate.working(), Scrape.word(lane));
          scrape.show(Metric.REQUESTS_WAITING, gate.waiting(), Scrape.word(lane));
        });
    scrape.show(Metric.CONNECTIONS, now.connections());
    scrape.show(Metric.CONNECTIONS_LIMIT, now.mostConnections());
  }

  private static String transport(Way way) {
    return Scrape.word(way.origin());
  }

  private static String protocol(Contract contract) {
    return Scrape.word(contract);
  }
}
