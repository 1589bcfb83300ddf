package org.sessionpro.backend.http.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.Blocker;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Lane;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.TestServer;

/// The routes as they are served, while requests of one lane take every place of it (`decisions.md`
/// §1, "overload").
class FloodedRoutesTest {
  private static final HttpLimits ONE_AT_A_TIME =
      HttpLimits.DEFAULT.with(new HttpLimits.WorkLimits(1, 0, Duration.ofSeconds(10)));

  @TempDir private Path folder;
  private final Blocker blocker = new Blocker();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void letEverybodyGo() throws Exception {
    blocker.release();
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  /// A server of all routes, with one request at work in `lane` and room for no other.
  private TestServer flooded(Lane lane) throws Exception {
    RunningBackend backend = RunningBackend.start(Engine.SQLITE, folder);
    open.add(backend);
    TestServer server =
        TestServer.start(
            backend.routes().with(blocker.at("/slow").with(new Admission.Gated(lane))),
            ONE_AT_A_TIME);
    open.add(server);
    RawClient flood = RawClient.to(server.address());
    open.add(flood);
    flood.send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
    blocker.awaitEntered(1);
    return server;
  }

  private static RawClient.Answer post(TestServer server, String path, String body)
      throws IOException {
    return StrictClients.post(server.address(), path, "", body.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @EnumSource
  void theStateOfTheServerIsToldWhateverFloodsIt(Lane lane) throws Exception {
    assertThat(post(flooded(lane), "/status", "").text()).contains("\"signing_pubkey\"");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PREPARED"})
  void theRevocationListIsServedWhateverElseFloodsTheServer(Lane lane) throws Exception {
    assertThat(post(flooded(lane), "/get_pro_revocations", "{\"ticket\":0}").text())
        .contains("\"items\"");
  }

  @Test
  void pollsThatFloodTheServerAreShed() throws Exception {
    assertThat(post(flooded(Lane.PREPARED), "/get_pro_revocations", "{\"ticket\":0}").status())
        .isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/generate_pro_proof",
        "/add_pro_payment",
        "/set_payment_refund_requested",
        "/get_pro_details",
        "/get_pro_status",
        "/get_payment_details"
      })
  void whatCostsSomethingIsShedWithTheOtherRequestsOfClients(String path) throws Exception {
    TestServer server = flooded(Lane.CLIENTS);
    assertThat(post(server, path, "{}").status()).isEqualTo(503);
  }

  @Test
  void clientsAreServedWhileOthersFloodTheServer() throws Exception {
    assertThat(post(flooded(Lane.OTHERS), "/get_pro_status", "{}").status()).isEqualTo(200);
  }
}
