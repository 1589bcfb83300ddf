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
    return RawClient.ask(
            address,
            "GET /dev/quiet?wait_ms=" + patience.toMillis() + " HTTP/1.1\r\nHost: h\r\n",
            new byte[0])
        .text()
        .contains("true");
  }
}
