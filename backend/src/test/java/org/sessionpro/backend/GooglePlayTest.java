package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.RunningBackend.Options;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.http.clients.Way;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.store.google.work.SimulatedGoogle;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.simulator.http.Fault;

/// A whole server beside a simulated Google Play.
class GooglePlayTest {
  /// Far longer than it takes.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private SimulatedGoogle google;

  @BeforeEach
  void open() {
    google = new SimulatedGoogle(folder);
  }

  @AfterEach
  void close() {
    google.close();
  }

  private RunningBackend start(Engine engine, GoogleSettings settings) {
    Options options =
        Options.DEFAULT.withStores(new StoreSettings(settings, false), google.clock());
    return RunningBackend.start(engine, folder, options);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aPurchaseBecomesAProofAndARefundARevocation(Engine engine) {
    Person person = Person.unknown();
    try (RunningBackend backend = start(engine, google.settings())) {
      backend.startJobs();
      V1Calls client = new V1Calls(backend, new Caller(backend, Way.DIRECT));
      assertThat(client.proof(person).text()).contains("not_subscribed");

      PurchaseToken token = google.buy(person.masterKey());

      await("a proof", () -> client.proof(person).text().contains("revocation_tag"));
      await("the acknowledgement", () -> google.calls("acknowledge") == 1);
      assertThat(client.revocations(0).text()).contains("\"items\":[]");

      google.refund(token);

      await("a revocation", () -> isRevoked(backend, person));
      google.clock().advance(Duration.ofSeconds(2));
      assertThat(client.proof(person).text()).doesNotContain("revocation_tag");
      assertThat(client.revocations(0).text()).doesNotContain("\"items\":[]");
    }
  }

  @Test
  void whoAddsAPurchaseThatIsNotAcknowledgedYetHasItAcknowledgedFirst() {
    Person person = Person.unknown();
    google.refuse("acknowledge", 1, 503, null);
    try (RunningBackend backend = start(Engine.SQLITE, google.settings())) {
      backend.startJobs();
      PurchaseToken token = google.buy(person.masterKey());
      awaitFailure(backend, WorkItem.acknowledge(token));
      google.clock().advance(Duration.ofSeconds(15));

      Answer answer =
          new V0Calls(backend, new Caller(backend, Way.DIRECT))
              .add(person, new PaymentTx.Google(token, google.order(token)), DevTerms.DEFAULT);

      V0Calls.assertOk(answer);
      assertThat(google.calls("acknowledge")).isEqualTo(2);
    }
  }

  private static void awaitFailure(RunningBackend backend, WorkItem item) {
    try (Database database = Databases.open(backend.database())) {
      Inbox inbox = new Inbox(database, new Random(1), new InboxRules(36, "test"));
      await(
          "a failure",
          () ->
              inbox.inspection().list(InboxInspection.Filter.ALL, 10).stream()
                  .anyMatch(it -> it.item().equals(item) && it.failures().attempts() == 1));
    }
  }

  private static boolean isRevoked(RunningBackend backend, Person person) {
    return backend
        .ledger()
        .account(person.masterKey())
        .filter(account -> account.generation().isRevoked())
        .isPresent();
  }

  @Test
  void aServerThatIsStoppedCutsItsPullShort() {
    RunningBackend backend = start(Engine.SQLITE, google.settings());
    backend.startJobs();
    await("a pull", () -> google.calls("pull") > 0);

    long begin = System.nanoTime();
    backend.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aDryRunAsksNobody() {
    Options options =
        Options.DEFAULT.withStores(new StoreSettings(google.settings(), true), google.clock());
    try (RunningBackend backend = RunningBackend.start(Engine.SQLITE, folder, options)) {
      backend.startJobs();
    }

    assertThat(google.calls("token")).isZero();
  }

  @Test
  void aQueueThatIsNotThereStopsTheStartAndNamesTheSetting() {
    google.refuse("queue-settings", Fault.UNTIL_CLEARED, 404, null);

    assertThatThrownBy(() -> start(Engine.SQLITE, google.settings()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("SESH_PRO_BACKEND_GOOGLE_CLOUD_SUBSCRIPTION_NAME");
  }

  @Test
  void anAppThatGoogleDoesNotKnowStopsTheStartAndNamesTheSetting() {
    assertThatThrownBy(() -> start(Engine.SQLITE, ofApp("org.example.other")))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("SESH_PRO_BACKEND_GOOGLE_PACKAGE_NAME");
  }

  @Test
  void credentialsThatAreNoneStopTheStartAndNameTheSetting() throws Exception {
    Files.writeString(google.settings().credentials(), "{}");

    assertThatThrownBy(() -> start(Engine.SQLITE, google.settings()))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("SESH_PRO_BACKEND_GOOGLE_CLOUD_APP_CREDENTIALS_PATH");
  }

  @Test
  void aGoogleThatCannotBeReachedDoesNotStopTheStart() {
    google.refuse("token", 1, 503, null);

    start(Engine.SQLITE, google.settings()).close();
  }

  @Test
  void aGoogleThatCouldNotBeReachedIsAskedAgainHowItIsSetUp() {
    google.refuse("token", 1, 503, null);
    try (RunningBackend backend = start(Engine.SQLITE, google.settings())) {
      assertThat(google.calls("queue-settings")).isZero();

      backend.startJobs();

      await("another question", () -> google.calls("queue-settings") == 1);
      await("the tie to the app", () -> isTied(backend));
    }
  }

  @Test
  void aPurchaseThatWasReadTiesTheLedgerToAnAppOfWhichNothingElseMayBeViewed() {
    google.refuse("voids", Fault.UNTIL_CLEARED, 403, null);
    google.refuse("catalogue", Fault.UNTIL_CLEARED, 403, null);
    try (RunningBackend backend = start(Engine.SQLITE, google.settings())) {
      backend.startJobs();
      assertThat(isTied(backend)).isFalse();

      google.buy(Person.unknown().masterKey());

      await("the tie to the app", () -> isTied(backend));
    }
  }

  private static boolean isTied(RunningBackend backend) {
    try {
      backend.ledger().stores().requireFor(new GoogleSettings.PackageName("org.example.other"));
      return false;
    } catch (ForeignLedger tied) {
      return true;
    }
  }

  @Test
  void aMistypedAppOfAStartThatGoogleDidNotAnswerCanBeMended() {
    google.refuse("token", 1, 503, null);

    try (RunningBackend backend = start(Engine.SQLITE, ofApp("org.example.other"))) {
      assertThat(isTied(backend)).isFalse();
      backend.ledger().stores().requireFor(google.settings().packageName());
    }
  }

  @Test
  void aMistypedAppOfARefusedStartCanBeMended() {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    Options options = Options.DEFAULT;
    StoreSettings mistyped = new StoreSettings(ofApp("org.example.other"), false);

    assertThatThrownBy(() ->
            RunningBackend.start(
                url, Databases.open(url), folder, options.withStores(mistyped, google.clock())))
        .isInstanceOf(CommandFailed.class);

    StoreSettings mended = new StoreSettings(google.settings(), false);
    RunningBackend.start(
            url, Databases.open(url), folder, options.withStores(mended, google.clock()))
        .close();
  }

  private GoogleSettings ofApp(String name) {
    GoogleSettings one = google.settings();
    return new GoogleSettings(
        new GoogleSettings.PackageName(name),
        one.queue(),
        one.credentials(),
        one.catalogue(),
        one.endpoints(),
        one.voidListInterval(),
        one.maxRequestsPerSecond());
  }

  @Test
  void aLedgerKeepsToTheAppWhosePurchasesItHolds() {
    GoogleSettings one = google.settings();
    GoogleSettings other = ofApp("org.example.other");
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    Options options = Options.DEFAULT.withStores(new StoreSettings(one, false), google.clock());
    RunningBackend.start(url, Databases.open(url), folder, options).close();

    assertThatThrownBy(() ->
            RunningBackend.start(
                url,
                Databases.open(url),
                folder,
                options.withStores(new StoreSettings(other, false), google.clock())))
        .isInstanceOf(ForeignLedger.class)
        .hasMessageContaining("org.example.other")
        .hasMessageContaining(one.packageName().value());
  }
}
