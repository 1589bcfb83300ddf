package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Starting, and the limit of connections.
class HttpServerTest {
  @Test
  void anAddressInUseIsReportedWithTheAddress() {
    try (TestServer first = TestServer.start(TestServer.echo())) {
      assertThatThrownBy(() ->
              HttpServer.start(
                  first.address(), RouteTable.of(List.of()), HttpLimits.DEFAULT, access -> {}))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(Integer.toString(first.address().getPort()));
    }
  }

  @Test
  void connectionsOverTheLimitWaitUntilOneIsFree() throws Exception {
    HttpLimits two =
        new HttpLimits(
            8_192,
            HttpLimits.BodyLimits.DEFAULT,
            2,
            64,
            HttpLimits.WorkLimits.DEFAULT,
            TestServer.IMPATIENT.times(),
            0);
    try (TestServer server = TestServer.start(RouteTable.of(List.of(TestServer.status())), two)) {
      List<RawClient> holders = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        RawClient holder = RawClient.to(server.address());
        holder.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").read();
        holders.add(holder);
      }
      try (RawClient waiting = RawClient.to(server.address())) {
        waiting.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(waiting.staysSilentFor(100)).isTrue();
        for (RawClient holder : holders) {
          holder.close();
        }
        assertThat(waiting.read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void moreRequestsThanMayRunAtOnceAreAllAnswered() throws Exception {
    HttpLimits few =
        new HttpLimits(
            8_192,
            HttpLimits.BodyLimits.DEFAULT,
            1_000,
            16,
            HttpLimits.WorkLimits.DEFAULT,
            HttpLimits.TimeLimits.DEFAULT,
            0);
    try (TestServer server = TestServer.start(RouteTable.of(List.of(TestServer.status())), few)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        clients.add(RawClient.to(server.address()).send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n"));
      }
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
        client.close();
      }
    }
  }
}
