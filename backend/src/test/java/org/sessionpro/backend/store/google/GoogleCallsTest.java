package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.androidpublisher.AndroidPublisher;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.GoogleSettings.Endpoints;
import org.sessionpro.backend.store.BoundedHttp;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// How requests to Google end, over real sockets (`google-play.md` §8, errors).
class GoogleCallsTest {
  @TempDir Path folder;

  private GoogleRig google;
  private PurchaseToken token;

  @BeforeEach
  void start() {
    google = new GoogleRig(folder);
    token = google.buy();
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private StoreAnswer<SubscriptionResource> read() {
    return google.clients.play().subscription(token);
  }

  private record Refusal(int status, String reason, StoreAnswer<SubscriptionResource> outcome) {}

  @TestFactory
  Stream<DynamicTest> everyStatusHasItsMeaning() {
    return Stream.of(
            new Refusal(400, "", new Refused<>(400, "invalid")),
            new Refusal(403, "", new Unauthorized<>()),
            new Refusal(403, "rateLimitExceeded", new Throttled<>(null)),
            new Refusal(403, "quotaExceeded", new Throttled<>(null)),
            new Refusal(404, "", new NotFound<>()),
            new Refusal(408, "", new TryLater<>(Trouble.TIMEOUT)),
            new Refusal(409, "", new TryLater<>(Trouble.CONFLICT)),
            new Refusal(410, "", new Gone<>()),
            new Refusal(418, "", new Refused<>(418, "backendError")),
            new Refusal(429, "", new Throttled<>(null)),
            new Refusal(302, "", new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(500, "", new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(503, "", new TryLater<>(Trouble.UNAVAILABLE)))
        .map(refusal ->
            DynamicTest.dynamicTest(
                refusal.status() + " " + refusal.reason(),
                () -> {
                  google.refuse("read", 1, refusal.status(), refusal.reason(), null);
                  assertThat(read()).isEqualTo(refusal.outcome());
                  assertThat(read()).isInstanceOf(Answer.class);
                }));
  }

  @Test
  void howLongToWaitIsReckonedByOurClock() {
    google.refuse("read", 1, 429, "", Duration.ofSeconds(30));

    assertThat(read()).isEqualTo(new Throttled<>(google.clock.instant().plusSeconds(30)));
  }

  @Test
  void aWaitThatIsOverSaysNothing() {
    google.refuse("read", 1, 429, "", Duration.ZERO);

    assertThat(read()).isEqualTo(new Throttled<>(null));
  }

  @Test
  void noWaitIsLongerThanAnHour() {
    google.refuse("read", 1, 429, "", Duration.ofDays(30));

    assertThat(read()).isEqualTo(new Throttled<>(google.clock.instant().plusSeconds(3_600)));
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForForEver() {
    google.fail("read", 1, new Effect.Late(Duration.ofSeconds(4)));

    assertThat(read()).isEqualTo(new TryLater<>(Trouble.TIMEOUT));
  }

  @Test
  void anAnswerThatTricklesInIsNotWaitedForForEver() {
    google.fail("read", 1, new Effect.Trickling(Duration.ofSeconds(6)));

    assertThat(read()).isEqualTo(new TryLater<>(Trouble.TIMEOUT));
  }

  @Test
  void anAnswerThatMakesNoSenseIsTriedAgain() {
    google.fail("read", 1, new Effect.Malformed());

    assertThat(read()).isEqualTo(new TryLater<>(Trouble.UNREADABLE));
  }

  @Test
  void aConnectionThatBreaksIsTriedAgain() {
    google.fail("read", Fault.UNTIL_CLEARED, new Effect.Dropped(false));

    assertThat(read()).isEqualTo(new TryLater<>(Trouble.CONNECTION));
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() throws IOException {
    HttpServer endless =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endless.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[BoundedTransport.MAX_BODY];
            Arrays.fill(spaces, (byte) ' ');
            exchange.getResponseBody().write(spaces);
            exchange.getResponseBody().write(spaces);
          }
        });
    endless.start();
    URI root = URI.create("http://127.0.0.1:" + endless.getAddress().getPort() + "/");
    try (GoogleClients clients =
        GoogleClients.open(
            google.settingsWith(new Endpoints(root, root)),
            GoogleClients.Limits.STANDARD,
            google.clock)) {
      assertThat(clients.play().subscription(token)).isInstanceOf(TryLater.class);
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() {
    read();
    google.served.close();

    assertThat(read()).isEqualTo(new TryLater<>(Trouble.CONNECTION));
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnce() {
    read();
    google.refuse("read", 1, 401, "", null);

    assertThat(read()).isInstanceOf(Answer.class);
    assertThat(google.calls("token")).isEqualTo(2);
  }

  @Test
  void whoStaysLockedOutIsToldSo() {
    google.refuse("read", Fault.UNTIL_CLEARED, 401, "", null);

    assertThat(read()).isEqualTo(new Unauthorized<>());
    assertThat(google.calls("read")).isEqualTo(2);
  }

  @Test
  void aRequestThatIsRefusedTooLateIsNotMadeAgain() {
    google.refuse("read", 1, 401, "", null);
    Duration limit = Duration.ofSeconds(5);
    BoundedTransport transport =
        new BoundedTransport(
            new BoundedHttp(BoundedHttp.client(limit), limit, BoundedTransport.MAX_BODY));
    GoogleCalls late =
        new GoogleCalls(
            ServiceAccount.read(google.settings.credentials(), transport),
            google.clock,
            Duration.ZERO);
    AndroidPublisher publisher =
        new AndroidPublisher.Builder(transport, GsonFactory.getDefaultInstance(), null)
            .setRootUrl(google.settings.endpoints().play().toString())
            .setApplicationName("test")
            .build();

    assertThat(
            new GooglePlayApi(
                    publisher,
                    google.settings.packageName(),
                    google.settings.catalogue().subscription(),
                    late)
                .subscription(token))
        .isEqualTo(new TryLater<>(Trouble.TIMEOUT));
    assertThat(google.calls("read")).isEqualTo(1);
  }

  @Test
  void oneTokenServesManyRequestsAndBothInterfaces() {
    for (int i = 0; i < 5; i++) {
      assertThat(read()).isInstanceOf(Answer.class);
    }
    assertThat(google.clients.pubSub().setup()).isInstanceOf(Answer.class);

    assertThat(google.calls("token")).isEqualTo(1);
  }

  @Test
  void anAccountThatIsRefusedAtTheDoorIsLockedOut() {
    google.refuse("token", Fault.UNTIL_CLEARED, 400, "invalid_grant", null);

    assertThat(google.clients.signIn()).isEqualTo(new Unauthorized<>());
    assertThat(read()).isEqualTo(new Unauthorized<>());
    assertThat(google.calls("read")).isZero();
  }

  @Test
  void aDoorThatIsOutOfOrderIsTriedAgain() {
    google.refuse("token", 1, 503, "", null);

    assertThat(google.clients.signIn()).isEqualTo(new TryLater<>(Trouble.UNAVAILABLE));
    assertThat(google.clients.signIn()).isInstanceOf(Answer.class);
  }

  @Test
  void aFileWithoutAServiceAccountIsRefusedWithoutQuotingIt() throws IOException {
    Path file = folder.resolve(ConfigurationFiles.CREDENTIALS);
    Files.writeString(file, "{\"type\":\"service_account\",\"private_key\":\"secret\"}");

    assertThatThrownBy(
            () -> GoogleClients.open(google.settings, GoogleClients.Limits.STANDARD, google.clock))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageNotContaining("secret")
        .hasMessageContaining("service account");
  }

  @Test
  void tokensAreAskedOfNoServerThatCanBeOverheard() throws IOException {
    Path file = folder.resolve(ConfigurationFiles.CREDENTIALS);
    String credentials = Files.readString(file);
    Files.writeString(
        file, credentials.replace(google.served.url() + "/token", "http://example.org/token"));

    assertThatThrownBy(
            () -> GoogleClients.open(google.settings, GoogleClients.Limits.STANDARD, google.clock))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("token_uri");
  }
}
