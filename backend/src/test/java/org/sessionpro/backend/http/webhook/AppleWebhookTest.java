package org.sessionpro.backend.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Lane;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.TestServer;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.backend.store.apple.work.AppStoreLog;
import org.sessionpro.backend.store.apple.work.IntakeRig;

/// Where the App Store delivers its notifications (`app-store.md` §1.1).
class AppleWebhookTest {
  @TempDir static Path folder;
  private static final TestPki OTHER = TestPki.withoutResponder();

  private static IntakeRig it;
  private static TestServer server;
  private AppStoreLog log;

  @BeforeAll
  static void start() {
    it = new IntakeRig(Engine.SQLITE, folder);
    server = TestServer.start(RouteTable.of(List.of(route(it))), HttpLimits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    server.close();
    it.close();
  }

  @BeforeEach
  void listen() {
    log = new AppStoreLog();
  }

  @AfterEach
  void listenNoMore() {
    log.close();
  }

  private static Route route(IntakeRig rig) {
    return new AppleWebhook(rig.notifications(true), rig.clock()).route(HttpLimits.DEFAULT);
  }

  private static RawClient.Answer post(TestServer to, String body) throws IOException {
    return RawClient.ask(
        to.address(), "POST /apple_notifications_v2 HTTP/1.1\r\nHost: h\r\n", body.getBytes(UTF_8));
  }

  private static RawClient.Answer post(SignedText text) throws IOException {
    return post(server, body(text));
  }

  private static String body(SignedText text) {
    return "{\"signedPayload\":\"" + text.value() + "\",\"more\":1}";
  }

  @Test
  void whatAppleSendsIsTakenWithoutAWord() throws IOException {
    SignedText text = IntakeRig.news("DID_RENEW");

    RawClient.Answer first = post(text);
    RawClient.Answer again = post(text);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().size()).isZero();
    assertThat(again.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"signedPayload\":7}",
        "{\"signedPayload\":null}",
        "{\"signedpayload\":\"x\"}"
      })
  void whatIsNoNotificationIsABadRequest(String body) throws IOException {
    assertThat(post(server, body).status()).isEqualTo(400);
  }

  @Test
  void whatIsNotFromAppleIsNotAccepted() throws IOException {
    assertThat(post(new SignedText("nonsense")).status()).isEqualTo(401);
    assertThat(post(Payloads.of(OTHER, Payloads.ID, "DID_RENEW")).status()).isEqualTo(401);
    assertThat(it.rooms().inbox().inspection().list(filter(), 1)).isEmpty();
  }

  private static Filter filter() {
    return new Filter(null, null, null, Payloads.ID.toString());
  }

  @Test
  void whatIsNotAcceptedIsToldOfOnceAMinuteWithItsNumber() throws IOException {
    it.clock().advance(Duration.ofMinutes(2));
    for (int i = 0; i < 5; i++) {
      var _ = post(new SignedText("nonsense"));
    }
    assertThat(log.at(Level.WARN)).hasSize(1);

    it.clock().advance(Duration.ofMinutes(1));
    var _ = post(new SignedText("nonsense"));

    assertThat(log.at(Level.WARN)).hasSize(2).last().asString().contains("5");
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws IOException {
    String tooLong = "{\"signedPayload\":\"" + "A".repeat(262_144) + "\"}";

    assertThat(post(server, tooLong).status()).isEqualTo(413);
  }

  @Test
  void onlyPostsAreTaken() throws IOException {
    RawClient.Answer answer =
        RawClient.ask(
            server.address(), "GET /apple_notifications_v2 HTTP/1.1\r\nHost: h\r\n", new byte[0]);

    assertThat(answer.status()).isEqualTo(405);
  }

  @Test
  void whatCannotBeKeptIsToBeSentAgain() throws IOException {
    IntakeRig gone = new IntakeRig(Engine.SQLITE, folder);
    Route route = route(gone);
    gone.close();
    try (TestServer broken = TestServer.start(RouteTable.of(List.of(route)), HttpLimits.DEFAULT)) {
      assertThat(post(broken, body(IntakeRig.news("DID_RENEW"))).status()).isEqualTo(503);
    }
  }

  @Test
  void itIsNotForThoseInsideOnions() {
    assertThat(route(it).reach()).isEqualTo(Route.Reach.DIRECT_ONLY);
    assertThat(route(it).admission()).isEqualTo(new Admission.Gated(Lane.OTHERS));
  }

  @Test
  void notificationsAtTheSameTimeAreAllTaken() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    List<Thread> all =
        IntStream.range(0, 20)
            .mapToObj(_ -> IntakeRig.news("DID_RENEW"))
            .map(text ->
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        taken.addAndGet(post(text).status() == 200 ? 1 : 0);
                      } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                      }
                    }))
            .toList();
    for (Thread one : all) {
      one.join();
    }

    assertThat(taken).hasValue(20);
  }
}
