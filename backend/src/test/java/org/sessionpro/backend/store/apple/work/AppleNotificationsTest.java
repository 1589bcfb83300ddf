package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.backend.store.apple.SignedData.Problem;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.backend.store.apple.work.AppleNotifications.Receipt;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.TransactionId;

/// What becomes of a notification of Apple's (`app-store.md` §1.1, §1.3, §4; `decisions-stores.md`
/// §2.3).
@ParameterizedClass
@EnumSource(Engine.class)
class AppleNotificationsTest {
  private static final TestPki PKI = IntakeRig.PKI;
  private static final UUID ID = Payloads.ID;
  private static final MessageId MESSAGE = new MessageId(StoreProvider.APPLE, ID.toString());
  private static final WorkItem LOOK = WorkItem.reconcile(new TransactionId(Payloads.ORIGINAL));

  @Parameter Engine engine;
  @TempDir Path folder;
  private IntakeRig it;
  private AppStoreLog log;
  private AppleNotifications notifications;

  @BeforeEach
  void start() {
    it = new IntakeRig(engine, folder);
    log = new AppStoreLog();
    notifications = it.notifications(true);
  }

  @AfterEach
  void stop() {
    log.close();
    it.close();
  }

  private void receive(SignedText text) {
    assertThat(notifications.receive(text)).isEqualTo(new Receipt.Kept(true));
  }

  private List<WorkItem> items() {
    return it.owed().stream().map(StoredWork::item).toList();
  }

  private List<ParkReason> parked() {
    return it.owed().stream()
        .flatMap(one -> Stream.ofNullable(one.parked()))
        .map(StoredWork.Parked::reason)
        .toList();
  }

  private StoreMessage message() {
    return it.rooms().inbox().message(MESSAGE).orElseThrow();
  }

  @Test
  void aNotificationIsKeptAndItsSubscriptionIsToBeLookedAt() {
    SignedText text = Payloads.of(PKI, ID, "DID_RENEW/BILLING_RECOVERY");

    receive(text);

    assertThat(items()).containsExactlyInAnyOrder(WorkItem.message(MESSAGE), LOOK);
    StoreMessage message = message();
    assertThat(message.kind()).isEqualTo("did_renew.billing_recovery");
    assertThat(message.eventAt()).isEqualTo(Payloads.SIGNED);
    assertThat(message.subscription()).isEqualTo(LOOK.subscription());
    assertThat(new String(message.payload().toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(text.value());
  }

  @Test
  void whatIsSentAgainChangesNothing() {
    SignedText text = Payloads.of(PKI, ID, "DID_RENEW");
    receive(text);
    assertThat(it.rooms().inbox().inspection().drop(LOOK, "test")).isTrue();

    assertThat(notifications.receive(text)).isEqualTo(new Receipt.Kept(false));
    assertThat(notifications.keep(text)).isFalse();

    assertThat(items()).containsExactly(WorkItem.message(MESSAGE));
  }

  @Test
  void whereAppleCannotBeAskedNoLookIsOwed() {
    notifications = it.notifications(false);

    receive(Payloads.of(PKI, ID, "DID_RENEW"));

    assertThat(items()).containsExactly(WorkItem.message(MESSAGE));
  }

  @Test
  void workersAreWokenAtTheCommit() {
    AtomicInteger woken = new AtomicInteger();
    it.rooms().inbox().onWork(woken::incrementAndGet);

    receive(Payloads.of(PKI, ID, "DID_RENEW"));

    assertThat(woken).hasValue(1);
  }

  @Test
  void renewalInfoAloneTellsWhatItIsAbout() {
    receive(
        PKI.sign(
            Payloads.notification(ID, "OFFER_REDEEMED", null, PKI.sign(Payloads.renewal("")))));

    assertThat(items()).contains(LOOK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEST",
        "RENEWAL_EXTENSION/SUMMARY",
        "EXTERNAL_PURCHASE_TOKEN/UNREPORTED",
        "RESCIND_CONSENT",
        "METADATA_UPDATE",
        "CONSUMPTION_REQUEST"
      })
  void whatIsAboutNoSubscriptionIsDoneWhenItIsKept(String type) {
    SignedText text = PKI.sign(Payloads.notification(ID, type, null, null));

    receive(text);

    assertThat(it.owed()).isEmpty();
    assertThat(notifications.receive(text)).isEqualTo(new Receipt.Kept(false));
  }

  @ParameterizedTest
  @CsvSource({
    "RENEWAL_EXTENSION/FAILURE,1",
    "EXTERNAL_PURCHASE_TOKEN/UNREPORTED,1",
    "RESCIND_CONSENT,1",
    "RENEWAL_EXTENSION/SUMMARY,0",
    "TEST,0",
    "DID_RENEW,0"
  })
  void somebodyIsToldWhereThatIsWanted(String type, int lines) {
    receive(PKI.sign(Payloads.notification(ID, type, null, null)));

    assertThat(log.at(Level.ERROR)).hasSize(lines);
  }

  @ParameterizedTest
  @CsvSource({"EXTERNAL_PURCHASE_TOKEN/UNREPORTED,1", "RESCIND_CONSENT,0"})
  void whatIsNotSupportedAsksForSomebodyAtOnce(String type, int critical) {
    try (LogLines lines = new LogLines(LoggerName.APP_STORE)) {
      receive(PKI.sign(Payloads.notification(ID, type, null, null)));

      assertThat(lines.critical()).hasSize(critical);
    }
  }

  @Test
  void aTypeThatNobodyHasHeardOfIsAppliedAndToldOfOnceADay() {
    receive(IntakeRig.news("FROM_THE_FUTURE/Or not?"));
    receive(IntakeRig.news("FROM_THE_FUTURE/Or not?"));
    it.clock().advance(Duration.ofDays(1));
    receive(IntakeRig.news("FROM_THE_FUTURE/Or not?"));

    assertThat(items()).hasSize(4).contains(LOOK);
    assertThat(parked()).isEmpty();
    assertThat(log.at(Level.ERROR))
        .hasSize(2)
        .allMatch(line -> line.contains("from_the_future.or_not_"));
  }

  @Test
  void subtypesOfATypeThatNobodyHasHeardOfAreToldOfAsOne() {
    receive(IntakeRig.news("FROM_THE_FUTURE/ONE"));
    receive(IntakeRig.news("FROM_THE_FUTURE/OTHER"));

    assertThat(log.at(Level.ERROR)).hasSize(1);
  }

  @Test
  void aTypeThatNobodyHasHeardOfIsKeptForAnotherBuildIfItIsAboutNothingKnown() {
    receive(PKI.sign(Payloads.notification(ID, "FROM_THE_FUTURE", null, null)));

    assertThat(parked()).containsExactly(ParkReason.UNKNOWN_BLOCK);
    assertThat(message().payload().size()).isPositive();
    assertThat(log.at(Level.ERROR))
        .singleElement()
        .asString()
        .contains("kept for somebody to look at: from_the_future", "update the program");
  }

  @Test
  void whatIsKeptForAnotherBuildIsToldOfByItsTypeOnceADay() {
    receive(PKI.sign(Payloads.notification(ID, "FROM_THE_FUTURE", null, null)));
    receive(PKI.sign(Payloads.notification(UUID.randomUUID(), "FROM_THE_FUTURE", null, null)));

    assertThat(parked()).hasSize(2).containsOnly(ParkReason.UNKNOWN_BLOCK);
    assertThat(log.at(Level.ERROR)).hasSize(1);
  }

  @Test
  void aTypeThatNobodyHasHeardOfIsToldOfOnceADayHoweverItComes() {
    receive(IntakeRig.news("FROM_THE_FUTURE"));
    receive(PKI.sign(Payloads.notification(ID, "FROM_THE_FUTURE", null, null)));
    it.clock().advance(Duration.ofDays(1));
    receive(PKI.sign(Payloads.notification(UUID.randomUUID(), "FROM_THE_FUTURE", null, null)));
    receive(IntakeRig.news("FROM_THE_FUTURE"));

    assertThat(log.at(Level.ERROR)).hasSize(2);
  }

  @Test
  void howManySubscriptionsWereExtendedIsLogged() {
    String summary =
        Payloads.notification(ID, "RENEWAL_EXTENSION/SUMMARY", null, null)
            .replace("\"data\":{", "\"summary\":{\"succeededCount\":41,\"failedCount\":2,");

    receive(PKI.sign(summary));

    assertThat(log.at(Level.INFO))
        .singleElement()
        .asString()
        .contains("renewal_extension.summary: 41 subscriptions were extended, and 2 were not");
    assertThat(it.owed()).isEmpty();
  }

  private static Stream<SignedText> unbelievable() {
    TestPki other = TestPki.withoutResponder();
    SignedText good = PKI.sign(Payloads.transaction(""));
    return Stream.of(
        PKI.sign(
            Payloads.notification(ID, "DID_RENEW", other.sign(Payloads.transaction("")), null)),
        PKI.sign(Payloads.notification(ID, "DID_RENEW", good, other.sign(Payloads.renewal("")))),
        PKI.sign(Payloads.notification(ID, "DID_RENEW", good, good)),
        PKI.sign(
            Payloads.notification(
                ID, "DID_RENEW", good, PKI.sign(Payloads.renewal(",'originalTransactionId':'7'")))),
        PKI.sign(
            Payloads.notification(
                ID,
                "DID_RENEW",
                PKI.sign(Payloads.transaction(",'environment':'Production'")),
                null)));
  }

  @Test
  void aPartThatIsNotBelievedIsKeptForSomebodyToLookAt() {
    for (SignedText text : unbelievable().toList()) {
      receive(text);

      assertThat(parked()).containsExactly(ParkReason.VERIFICATION);
      assertThat(items()).containsExactly(WorkItem.message(MESSAGE));
      it.close();
      it = new IntakeRig(engine, folder);
      notifications = it.notifications(true);
    }
  }

  @Test
  void whatIsNotFromAppleLeavesNothing() {
    SignedText forged = Payloads.of(TestPki.withoutResponder(), ID, "DID_RENEW");

    assertThat(notifications.receive(forged)).isEqualTo(new Receipt.Refused(Problem.SIGNATURE));

    assertThat(it.owed()).isEmpty();
    assertThat(it.rooms().inbox().message(MESSAGE)).isEmpty();
  }

  @Test
  void whatIsNotForUsLeavesNothing() {
    String json =
        Payloads.notification(ID, "DID_RENEW", null, null).replace("Sandbox", "Production");

    assertThat(notifications.receive(PKI.sign(json)))
        .isEqualTo(new Receipt.Refused(Problem.ENVIRONMENT));

    assertThat(it.owed()).isEmpty();
  }

  @Test
  void whatAppleSignedAndIsNotUnderstoodIsKept() {
    String json =
        Payloads.notification(ID, "DID_RENEW", null, null).replace(ID.toString(), "no uuid");

    receive(PKI.sign(json));

    assertThat(parked()).containsExactly(ParkReason.UNDECODABLE);
  }

  @Test
  void whatTheListShowsIsKeptWhateverItIs() {
    SignedText forged = Payloads.of(TestPki.withoutResponder(), ID, "DID_RENEW");
    String elsewhere =
        Payloads.notification(ID, "DID_RENEW", null, null).replace("Sandbox", "Production");

    assertThat(notifications.keep(forged)).isTrue();
    assertThat(notifications.keep(PKI.sign(elsewhere))).isTrue();
    assertThat(notifications.keep(forged)).isFalse();

    assertThat(parked()).containsExactlyInAnyOrder(ParkReason.VERIFICATION, ParkReason.FOREIGN);
  }

  @Test
  void nothingThatLeadsToAPersonIsLogged() {
    receive(Payloads.of(PKI, ID, "FROM_THE_FUTURE"));

    for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG)) {
      assertThat(log.at(level))
          .noneMatch(line -> line.contains(Payloads.ORIGINAL) || line.contains(ID.toString()));
    }
  }
}
