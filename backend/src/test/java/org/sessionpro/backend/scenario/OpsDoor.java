package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.sessionpro.backend.http.RawClient;

/// The way of whoever runs a server.
record OpsDoor(InetSocketAddress address) {
  /// Whether the server comes to rest in time.
  ///
  /// @throws IOException if it does not answer
  boolean becomesQuiet(Duration patience) throws IOException {
    return get("/dev/quiet?wait_ms=" + patience.toMillis()).contains("true");
  }

  /// What the server counts, as it is told to whoever collects it.
  ///
  /// @throws IOException if it does not answer
  String metrics() throws IOException {
    return get("/metrics");
  }

  private String get(String target) throws IOException {
    return RawClient.ask(address, "GET " + target + " HTTP/1.1\r\nHost: h\r\n", new byte[0]).text();
  }
}
