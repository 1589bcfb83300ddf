package org.sessionpro.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.RunningBackend.Options;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.App;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Catalogue;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.config.AppleSettings.ProductId;
import org.sessionpro.backend.config.AppleSettings.Root;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.http.ops.Exposition;
import org.sessionpro.backend.http.ops.OpsClient;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.store.apple.LoopbackApple;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.SimulatedClock;

/// A whole server that takes notifications in Apple's place, and asks somebody else in Apple's place.
class AppStoreTest {
  /// Far longer than it takes.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final TestPki PKI = TestPki.withoutResponder();

  @TempDir Path folder;
  private LoopbackApple apple;
  private final SimulatedClock clock = new SimulatedClock(Payloads.SIGNED.plusSeconds(1));

  @BeforeEach
  void open() {
    apple = new LoopbackApple(folder);
  }

  @AfterEach
  void close() {
    apple.close();
  }

  private AppleSettings settings(App app, boolean asks) throws Exception {
    AppleSettings base = apple.settings();
    Path root = Files.writeString(folder.resolve("root.pem"), PKI.rootAsPem());
    return new AppleSettings(
        app,
        asks ? base.key() : null,
        new Trust(List.of(new Root(Setting.APPLE_ROOT_CERTIFICATES, root)), true, false),
        base.catalogue(),
        base.api(),
        base.catchUp(),
        base.rate());
  }

  private AppleSettings settings(boolean asks) throws Exception {
    return settings(apple.settings().app(), asks);
  }

  private Options options(AppleSettings settings, boolean dryRun) {
    return Options.DEFAULT.withStores(new StoreSettings(null, settings, dryRun), clock);
  }

  private static int post(RunningBackend backend, String json) throws Exception {
    return StrictClients.post(
            backend.address(), "/apple_notifications_v2", "", json.getBytes(UTF_8))
        .status();
  }

  private static String news() {
    return body(Payloads.of(PKI, UUID.randomUUID(), "SUBSCRIBED/INITIAL_BUY").value());
  }

  private static String body(String signed) {
    return "{\"signedPayload\":\"" + signed + "\"}";
  }

  private static List<WorkKind> owed(RunningBackend backend) {
    try (Database database = Databases.open(backend.database())) {
      return new Inbox(database, new Random(1), new InboxRules(36, "test"))
          .inspection().list(Filter.ALL, 10).stream()
              .map(StoredWork::item)
              .map(it -> it.kind())
              .sorted()
              .toList();
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatAppleSendsIsKept(Engine engine) throws Exception {
    try (RunningBackend backend =
        RunningBackend.start(engine, folder, options(settings(true), false))) {
      assertThat(post(backend, news())).isEqualTo(200);

      assertThat(owed(backend)).containsExactly(WorkKind.MESSAGE, WorkKind.RECONCILE);
    }
  }

  /// These have no sample while there is nothing to acknowledge and no money kept.
  private static final Set<Metric> OF_WHAT_IS_OWED =
      EnumSet.of(Metric.INBOX_LEFT, Metric.INBOX_MONEY_KEPT);

  @Test
  void whatAppleSendsAndWhatOthersSendIsCounted() throws Exception {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    Options options = options(settings(true), false);
    try (RunningBackend backend =
        RunningBackend.startWithOps(url, Databases.open(url), folder, options)) {
      String one = news();
      assertThat(post(backend, one)).isEqualTo(200);
      assertThat(post(backend, one)).isEqualTo(200);
      assertThat(post(backend, body("e30.e30.e30"))).isEqualTo(401);

      Exposition seen = OpsClient.scrape(backend.opsAddress());

      assertThat(seen.names())
          .containsAll(
              Arrays.stream(Metric.values())
                  .filter(metric -> metric.name().matches("(STORE|INBOX)_.*"))
                  .filter(metric -> !metric.name().startsWith(Metric.INBOX_PARKED.name()))
                  .filter(metric -> !OF_WHAT_IS_OWED.contains(metric))
                  .flatMap(metric -> metric.samples().stream())
                  .toList());
      String messages = "session_pro_store_messages_total";
      assertThat(seen.sum(messages, "store", "apple", "way", "webhook", "receipt", "kept")).isOne();
      assertThat(seen.sum(messages, "store", "apple", "way", "webhook", "receipt", "repeated"))
          .isOne();
      assertThat(
              seen.sum(
                  "session_pro_store_messages_refused_total",
                  "store",
                  "apple",
                  "reason",
                  "signature"))
          .isOne();
      assertThat(
              seen.sum(
                  "session_pro_inbox_work", "store", "apple", "kind", "message", "state", "due"))
          .isOne();
      assertThat(seen.sum("session_pro_store_contact_timestamp_seconds", "way", "webhook"))
          .isEqualTo(clock.instant().toEpochMilli() / 1e3);
    }
  }

  private static String boughtOnce() {
    String transaction =
        Payloads.transaction(",'productId':'org.example.days','type':'Consumable'");
    return body(
        PKI.sign(
                Payloads.notification(
                    UUID.randomUUID(), "ONE_TIME_CHARGE", PKI.sign(transaction), null))
            .value());
  }

  private static boolean isParked(RunningBackend backend) {
    try (Database database = Databases.open(backend.database())) {
      return new Inbox(database, new Random(1), new InboxRules(36, "test"))
          .inspection().list(Filter.ALL, 10).stream()
              .map(StoredWork::parked)
              .filter(Objects::nonNull)
              .anyMatch(parked -> parked.reason() == ParkReason.UNKNOWN_PRODUCT);
    }
  }

  @Test
  void aStartWithAMapThatNamesItGrantsWhatWasParked() throws Exception {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    Options before = options(settings(false), false);
    try (RunningBackend backend = RunningBackend.start(url, Databases.open(url), folder, before)) {
      assertThat(post(backend, boughtOnce())).isEqualTo(200);
      backend.startJobs();
      await("the purchase to be parked", () -> isParked(backend));
    }
    AppleSettings base = settings(false);
    AppleSettings mapped =
        new AppleSettings(
            base.app(),
            base.key(),
            base.trust(),
            new Catalogue(
                base.catalogue().subscriptions(),
                Map.of(new ProductId("org.example.days"), new Plan("30d"))),
            base.api(),
            base.catchUp(),
            base.rate());
    try (RunningBackend backend =
        RunningBackend.start(url, Databases.open(url), folder, options(mapped, false))) {
      backend.startJobs();
      await("the credit", () -> owed(backend).isEmpty());

      SubscriptionKey key = new SubscriptionKey(PaymentProvider.APP_STORE, Payloads.ORIGINAL);
      assertThat(backend.ledger().subscriptions().known(key, List.of()).payments())
          .singleElement()
          .satisfies(it -> assertThat(it.payment().credit()).isNotNull());
    }
  }

  @Test
  void withoutAKeyWhatAppleSendsIsKeptAndNobodyIsAsked() throws Exception {
    try (RunningBackend backend =
        RunningBackend.start(Engine.SQLITE, folder, options(settings(false), false))) {
      assertThat(post(backend, news())).isEqualTo(200);

      assertThat(owed(backend)).containsExactly(WorkKind.MESSAGE);
      backend.startJobs();
    }
    assertThat(apple.asked()).isEmpty();
  }

  @Test
  void whatDidNotArriveIsLookedForFromTheStart() throws Exception {
    // What cannot be used stays where it can be seen.
    apple.answers(200, "{'notificationHistory':[{'signedPayload':'nonsense'}],'hasMore':false}");
    try (RunningBackend backend =
        RunningBackend.start(Engine.SQLITE, folder, options(settings(true), false))) {
      backend.startJobs();

      await("the notification", () -> owed(backend).contains(WorkKind.MESSAGE));
    }
  }

  /// Subscriptions that are looked at once Apple answers; to find out about all of them that it does not
  /// takes longer than anybody here waits.
  private static final int OWED = 200;

  @Test
  void aPurchaseDoesNotWaitForLooksThatAppleDoesNotAnswer() throws Exception {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    Database database = Databases.open(url);
    Options options = options(settings(true), false);
    try (RunningBackend backend = RunningBackend.start(url, database, folder, options)) {
      Instant before = Payloads.SIGNED.minusSeconds(3_600);
      List<Owed> looks =
          IntStream.range(0, OWED)
              .mapToObj(i -> new TransactionId("20000009990" + (10_000 + i)))
              .map(it -> Owed.announced(WorkItem.reconcile(it), before))
              .toList();
      new Inbox(database, new Random(1), new InboxRules(36, "test")).enqueue(looks, before);
      backend.startJobs();
      await("Apple to be asked", () -> !apple.asked().isEmpty());

      assertThat(post(backend, news())).isEqualTo(200);
      SubscriptionKey key = new SubscriptionKey(PaymentProvider.APP_STORE, Payloads.ORIGINAL);
      await(
          "the purchase",
          () -> !backend.ledger().subscriptions().known(key, List.of()).payments().isEmpty());
    }
  }

  @Test
  void aDryRunAppliesWhatAppleSendsAndAsksNobody() throws Exception {
    try (RunningBackend backend =
        RunningBackend.start(Engine.SQLITE, folder, options(settings(true), true))) {
      backend.startJobs();
      assertThat(post(backend, news())).isEqualTo(200);

      await("the notification to be applied", () -> owed(backend).isEmpty());
      SubscriptionKey key = new SubscriptionKey(PaymentProvider.APP_STORE, Payloads.ORIGINAL);
      assertThat(backend.ledger().subscriptions().known(key, List.of()).payments()).hasSize(1);
    }
    assertThat(apple.asked()).isEmpty();
  }

  @Test
  void aDryRunWithoutTheAppStoreTakesNothing() throws Exception {
    try (RunningBackend backend =
        RunningBackend.start(
            Engine.SQLITE,
            folder,
            Options.DEFAULT.withStores(new StoreSettings(null, null, true), clock))) {
      assertThat(post(backend, news())).isEqualTo(404);
    }
  }

  @Test
  void aServerWithoutTheAppStoreTakesNothing() throws Exception {
    try (RunningBackend backend = RunningBackend.start(Engine.SQLITE, folder)) {
      assertThat(post(backend, news())).isEqualTo(404);
    }
  }

  @Test
  void aKeyThatIsNoneStopsTheStartAndNamesTheSetting() throws Exception {
    Files.writeString(apple.key(), "secret");
    Options options = options(settings(true), false);

    assertThatThrownBy(() -> RunningBackend.start(Engine.SQLITE, folder, options))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("SESH_PRO_BACKEND_APPLE_KEY_PATH");
  }

  private void assertKeptTo(App other, String theirs, String ours) throws Exception {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    Options first = options(settings(false), false);
    RunningBackend.start(url, Databases.open(url), folder, first).close();
    Options second = options(settings(other, false), false);

    assertThatThrownBy(() -> RunningBackend.start(url, Databases.open(url), folder, second))
        .isInstanceOf(ForeignLedger.class)
        .hasMessageContaining(theirs)
        .hasMessageContaining(ours);
  }

  @Test
  void aLedgerKeepsToTheAppWhosePurchasesItHolds() throws Exception {
    assertKeptTo(
        new App(new BundleId("org.example.other"), null, Environment.SANDBOX),
        "org.example.other",
        apple.settings().app().bundle().value());
  }

  @Test
  void aLedgerKeepsToTheEnvironmentWhosePurchasesItHolds() throws Exception {
    assertKeptTo(
        new App(apple.settings().app().bundle(), 7L, Environment.PRODUCTION),
        "Production",
        "Sandbox");
  }
}
