package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.HttpServer;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.V1Answer;

/// Against the front of a real server that takes everybody for a stranger and tells him so, whatever
/// he asks for: that is right for the status and wrong for a proof.
class LoadTest {
  private static final int RATE = 20;
  private static final Duration SPAN = Duration.ofSeconds(1);
  private static final int DUE = 20;

  private static HttpServer server;

  @BeforeAll
  static void start() {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            RouteTable.of(List.of(route("/get_pro_status"), route("/generate_pro_proof"))),
            HttpLimits.DEFAULT,
            access -> {});
  }

  private static Route route(String path) {
    ByteString stranger = ByteString.of(new V1Answer.Ok<>(StatusResult.NEVER).toJson());
    return new Route(
        path,
        Set.of(Method.POST),
        Route.Reach.CLIENTS,
        HttpLimits.BodyLimits.DEFAULT.standard(),
        FaultAnswer.plain(),
        exchange -> Reply.json(stranger, Contract.V1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static LoadResult load(Operation operation, int rate) throws InterruptedException {
    Target target = new Target("h", server.address(), TestParties.BACKEND_KEY);
    Workload workload = new Workload(operation, Protocol.V1, Transport.DIRECT);
    Load.Parties parties = new Load.Parties(target, null, List.of(TestParties.CUSTOMER), false);
    return new Load(workload, parties, TestParties.CRYPTO, TestParties.CLOCK)
        .run(new LoadPlan(2, rate, Duration.ZERO, SPAN));
  }

  @Test
  void aClosedLoopAsksAgainAndAgain() throws InterruptedException {
    LoadResult result = load(Operation.STATUS, 0);

    assertThat(result.errors()).isEmpty();
    assertThat(result.requests()).isGreaterThan(1);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(SPAN);
    assertThat(result.latencies().max()).isPositive();
  }

  @Test
  void anOpenLoopAsksNoMoreThanIsDue() throws InterruptedException {
    LoadResult result = load(Operation.STATUS, RATE);

    assertThat(result.errors()).isEmpty();
    assertThat(result.requests()).isBetween(1L, (long) DUE);
    assertThat(result.latencies().max()).isPositive();
  }

  @Test
  void anOpenLoopAsksAllThatIsDue() throws InterruptedException {
    assertThat(load(Operation.PROOF, RATE).errorCount()).isGreaterThanOrEqualTo(DUE);
  }

  @Test
  void wrongAnswersHaveNoShareInTheProcessorTime() throws InterruptedException {
    LoadResult result = load(Operation.PROOF, RATE);

    assertThat(result.errors()).containsOnlyKeys("not an answer of v1");
    assertThat(result.requests()).isZero();
    assertThat(result.microsPerRequest(Duration.ofSeconds(1))).isNaN();
  }
}
