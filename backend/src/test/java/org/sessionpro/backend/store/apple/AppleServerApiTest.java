package org.sessionpro.backend.store.apple;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.apple.AppStoreApi.HistoryPage;
import org.sessionpro.backend.store.apple.AppStoreApi.NotificationPage;
import org.sessionpro.backend.store.apple.AppStoreApi.PageToken;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;
import org.sessionpro.backend.store.apple.AppStoreApi.Standing;
import org.sessionpro.backend.store.apple.AppStoreApi.TestResult;
import org.sessionpro.backend.store.apple.AppStoreApi.TestToken;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonObject;

/// What Apple is asked, and how that ends, over real sockets (`app-store.md` §1.4, §1.5, §8).
class AppleServerApiTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");
  private static final TransactionId ID = new TransactionId("2000001024993299");

  @TempDir Path folder;
  private LoopbackApple apple;
  private AppleClients clients;

  @BeforeEach
  void start() {
    apple = new LoopbackApple(folder);
    clients = AppleClients.open(apple.settings(), AppleClients.Limits.STANDARD, () -> T);
  }

  @AfterEach
  void stop() {
    clients.close();
    apple.close();
  }

  private AppStoreApi api() {
    return api(clients.api());
  }

  private static AppStoreApi api(@Nullable AppStoreApi api) {
    assertThat(api).isNotNull();
    return Objects.requireNonNull(api);
  }

  @Test
  void statusesAreThoseOfAllGroups() {
    apple.answers(
        200,
        "{'environment':'Sandbox','data':[{'lastTransactions':[{'status':1,"
            + "'originalTransactionId':'1','signedTransactionInfo':'t1','signedRenewalInfo':'r1'},"
            + "{'status':9,'originalTransactionId':'2','signedTransactionInfo':'t2',"
            + "'signedRenewalInfo':'r2'},{'status':1,'originalTransactionId':'3'}]},"
            + "{'lastTransactions':null}],'new':{'x':1}}");

    assertThat(api().statuses(ID))
        .isEqualTo(
            new Answer<>(
                List.of(
                    new Standing(
                        new TransactionId("1"), 1, new SignedText("t1"), new SignedText("r1")),
                    new Standing(
                        new TransactionId("2"), 9, new SignedText("t2"), new SignedText("r2")))));
    assertThat(apple.asked().getFirst().target())
        .isEqualTo("/inApps/v1/subscriptions/2000001024993299");
  }

  @Test
  void aHistoryIsReadOldestFirstFromWhereItWasLeft() {
    apple.answers(200, "{'revision':'r2','hasMore':true,'signedTransactions':['a','b']}");

    assertThat(api().history(ID, new Revision("r 1")))
        .isEqualTo(
            new Answer<>(
                new HistoryPage(
                    List.of(new SignedText("a"), new SignedText("b")), new Revision("r2"), true)));
    assertThat(apple.asked().getFirst().target())
        .startsWith("/inApps/v2/history/2000001024993299?")
        .contains("revision=r%201", "sort=ASCENDING");
  }

  @Test
  void notificationsAreThoseOfAStretchOfTimePageByPage() {
    apple
        .answers(
            200,
            "{'notificationHistory':[{'signedPayload':'n1','sendAttempts':[]}],'hasMore':true,"
                + "'paginationToken':'p+1'}")
        .answers(200, "{'notificationHistory':[],'hasMore':false,'paginationToken':'p2'}");
    Instant from = T.minus(Duration.ofDays(1));

    assertThat(api().notifications(from, T, null))
        .isEqualTo(
            new Answer<>(
                new NotificationPage(List.of(new SignedText("n1")), new PageToken("p+1"))));
    assertThat(api().notifications(from, T, new PageToken("p+1")))
        .isEqualTo(new Answer<>(new NotificationPage(List.of(), null)));

    assertThat(apple.asked())
        .extracting(LoopbackApple.Asked::target)
        .containsExactly(
            "/inApps/v1/notifications/history",
            "/inApps/v1/notifications/history?paginationToken=p%2B1");
    assertThat(apple.asked().get(1).body())
        .isEqualTo(apple.asked().get(0).body())
        .contains("\"startDate\":" + from.toEpochMilli(), "\"endDate\":" + T.toEpochMilli());
  }

  @Test
  void aTestNotificationIsAskedForAndAskedAbout() {
    apple
        .answers(200, "{'testNotificationToken':'t/1'}")
        .answers(200, "{'signedPayload':'x','sendAttempts':[]}")
        .answers(
            200,
            "{'sendAttempts':[{'sendAttemptResult':'TIMED_OUT'},{'sendAttemptResult':'NEW'}]}");

    assertThat(api().requestTest()).isEqualTo(new Answer<>(new TestToken("t/1")));
    assertThat(api().testResult(new TestToken("t/1")))
        .isEqualTo(new Answer<>(new TestResult(null)));
    assertThat(api().testResult(new TestToken("t/1")))
        .isEqualTo(new Answer<>(new TestResult("NEW")));
    assertThat(apple.asked().get(1).target()).isEqualTo("/inApps/v1/notifications/test/t%2F1");
  }

  @Test
  void whoAsksIsNamedByASignedToken() {
    var _ = api().requestTest();

    String token = apple.asked().getFirst().authorization();
    assertThat(token).startsWith("Bearer ");
    String[] parts = token.substring("Bearer ".length()).split("\\.", -1);
    assertThat(text(parts[0])).contains("ES256", LoopbackApple.KEY_ID);
    assertThat(text(parts[1]))
        .contains(LoopbackApple.ISSUER, "appstoreconnect-v1", Payloads.BUNDLE);
  }

  private static String text(String part) {
    byte[] json = Base64.getUrlDecoder().decode(part);
    assertThat(JsonObject.parse(json).names()).isNotEmpty();
    return new String(json, UTF_8);
  }

  private record Refusal(int status, String body, StoreAnswer<?> outcome) {
    static Refusal coded(int status, long code, StoreAnswer<?> outcome) {
      return new Refusal(status, "{'errorCode':" + code + ",'errorMessage':'words'}", outcome);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyErrorHasItsMeaning() {
    return Stream.of(
            Refusal.coded(400, 4_000_017, new Refused<>(400, "4000017")),
            new Refusal(400, "<html>", new Refused<>(400, "")),
            new Refusal(401, "", new Unauthorized<>()),
            new Refusal(401, "Unauthenticated\n", new Unauthorized<>()),
            new Refusal(403, "{}", new Unauthorized<>()),
            Refusal.coded(404, 4_040_005, new NotFound<>()),
            Refusal.coded(404, 4_040_010, new NotFound<>()),
            Refusal.coded(404, 4_040_001, new NotFound<>()),
            Refusal.coded(404, 4_040_003, new Refused<>(404, "4040003")),
            Refusal.coded(404, 4_040_002, new TryLater<>(Trouble.UNAVAILABLE)),
            Refusal.coded(404, 4_040_004, new TryLater<>(Trouble.UNAVAILABLE)),
            Refusal.coded(404, 4_040_006, new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(404, "<html>nothing here", new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(408, "", new TryLater<>(Trouble.TIMEOUT)),
            new Refusal(409, "", new TryLater<>(Trouble.CONFLICT)),
            new Refusal(429, "", new Throttled<>(null)),
            Refusal.coded(500, 5_000_001, new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(500, "", new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(503, "busy", new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(302, "", new TryLater<>(Trouble.UNAVAILABLE)),
            new Refusal(200, "{'hasMore':", new TryLater<>(Trouble.UNREADABLE)),
            new Refusal(200, "", new TryLater<>(Trouble.UNREADABLE)),
            new Refusal(200, "[]", new TryLater<>(Trouble.UNREADABLE)),
            new Refusal(200, "{'hasMore':false}", new TryLater<>(Trouble.UNREADABLE)))
        .map(refusal ->
            DynamicTest.dynamicTest(
                refusal.status() + " " + refusal.body(),
                () -> {
                  apple.answers(refusal.status(), refusal.body());
                  assertThat(api().history(ID, null)).isEqualTo(refusal.outcome());
                }));
  }

  @Test
  void howLongToWaitIsAnInstant() {
    Instant until = T.plusSeconds(30);
    apple.answers(429, Map.of("Retry-After", Long.toString(until.toEpochMilli())), "{}");

    assertThat(api().statuses(ID)).isEqualTo(new Throttled<>(until));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "soon", "-1", "99999999999999999999"})
  void aWaitThatMakesNoSenseSaysNothing(String retryAfter) {
    apple.answers(429, Map.of("Retry-After", retryAfter), "");

    assertThat(api().statuses(ID)).isEqualTo(new Throttled<>(null));
  }

  @Test
  void noWaitIsLongerThanAnHour() {
    String later = Long.toString(T.plus(Duration.ofDays(30)).toEpochMilli());
    apple.answers(429, Map.of("Retry-After", later), "");

    assertThat(api().statuses(ID)).isEqualTo(new Throttled<>(T.plus(Duration.ofHours(1))));
  }

  @Test
  void anIdCannotLeadElsewhere() {
    var _ = api().statuses(new TransactionId("1/../../../secret?x=1"));

    assertThat(apple.asked().getFirst().target())
        .isEqualTo("/inApps/v1/subscriptions/1%2F..%2F..%2F..%2Fsecret%3Fx%3D1");
  }

  @Test
  void whoCannotBeReachedIsTriedAgain() {
    apple.close();

    assertThat(api().statuses(ID)).isEqualTo(new TryLater<>(Trouble.CONNECTION));
  }

  @Test
  void withoutAKeyNobodyIsAsked() {
    try (AppleClients without =
        AppleClients.open(
            Payloads.settings(apple.url(), null), AppleClients.Limits.STANDARD, () -> T)) {
      assertThat(without.api()).isNull();
    }
  }

  private static Stream<String> unusableKeys() {
    return Stream.of(
        "",
        "secret",
        LoopbackApple.key("secp384r1"),
        LoopbackApple.key("secp256r1").replace("PRIVATE", "EC PRIVATE"),
        "-----BEGIN PRIVATE KEY-----\nsecret!\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----");
  }

  @TestFactory
  Stream<DynamicTest> aFileThatHoldsNoSuchKeyIsRefusedByTheNameOfItsSetting() {
    return unusableKeys()
        .map(content ->
            DynamicTest.dynamicTest(
                content.lines().findFirst().orElse("empty"),
                () -> {
                  Files.writeString(apple.key(), content);
                  assertRefused();
                }));
  }

  private void assertRefused() {
    assertThatThrownBy(
            () -> AppleClients.open(apple.settings(), AppleClients.Limits.STANDARD, () -> T))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("SESH_PRO_BACKEND_APPLE_KEY_PATH")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileThatIsNotThereIsRefusedByTheNameOfItsSetting() throws IOException {
    Files.delete(apple.key());

    assertRefused();
  }
}
