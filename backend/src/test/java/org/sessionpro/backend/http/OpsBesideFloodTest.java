package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.http.ops.Exposition;
import org.sessionpro.backend.http.ops.MetricsPage;
import org.sessionpro.backend.http.ops.OpsClient;
import org.sessionpro.backend.http.ops.OpsRoutes;
import org.sessionpro.backend.http.ops.Readiness;
import org.sessionpro.backend.http.ops.RequestNumbers;

/// Those who run a server ask it while clients have taken every place.
class OpsBesideFloodTest {
  private static final String SLOW = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void aFullServerTellsHowFullItIsAndWhomItTurnedAway() throws Exception {
    Blocker blocker = new Blocker();
    RequestMeter meter = new RequestMeter();
    HttpLimits limits =
        HttpLimits.DEFAULT.with(new HttpLimits.WorkLimits(2, 1, Duration.ofSeconds(10)));
    List<RawClient> clients = new ArrayList<>();
    try (HttpServer server =
            HttpServer.start(ANY, RouteTable.of(List.of(blocker.at("/slow"))), limits, meter);
        HttpServer ops = HttpServer.start(ANY, ops(meter, server), HttpLimits.DEFAULT, _ -> {})) {
      for (int i = 0; i < 3; i++) {
        clients.add(RawClient.to(server.address()).send(SLOW));
      }
      blocker.awaitEntered(2);
      awaitWaiting(server);
      assertThat(RawClient.ask(server.address(), "POST /slow HTTP/1.1\r\nHost: h\r\n", new byte[0]))
          .extracting(RawClient.Answer::status)
          .isEqualTo(503);

      Exposition seen = OpsClient.scrape(ops.address());

      assertThat(seen.sum("session_pro_http_requests_working", "lane", "clients")).isEqualTo(2);
      assertThat(seen.sum("session_pro_http_requests_waiting", "lane", "clients")).isOne();
      assertThat(seen.sum("session_pro_http_requests_total", "route", "/slow", "outcome", "shed"))
          .isOne();
      assertThat(seen.sum("session_pro_http_connections")).isGreaterThanOrEqualTo(3);
      assertThat(OpsClient.get(ops.address(), "/health/ready").status()).isEqualTo(200);
    } finally {
      blocker.release();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void awaitWaiting(HttpServer server) {
    while (!new ServerLoad.AtGate(2, 1).equals(server.load().gates().get(Lane.CLIENTS))) {
      Thread.onSpinWait();
    }
  }

  private static RouteTable ops(RequestMeter meter, HttpServer server) {
    return RouteTable.of(
        new OpsRoutes(
                new MetricsPage(List.of(new RequestNumbers(meter, server::load))),
                new Readiness(() -> new SchemaState(1, 1), () -> "a list"))
            .routes());
  }
}
