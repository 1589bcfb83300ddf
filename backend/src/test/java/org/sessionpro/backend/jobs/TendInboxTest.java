package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.InboxSettings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;

@ParameterizedClass
@EnumSource(Engine.class)
class TendInboxTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Instant REFUND = T.plus(Duration.ofDays(3));

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private final LogLines log = new LogLines();
  private Database database;
  private Inbox inbox;
  private Job.Work job;

  @BeforeEach
  void open() {
    clock.moveTo(T);
    database = engine.open(folder);
    inbox = new Inbox(database, new Random(1), new InboxRules(36, "test"));
    job = TendInbox.job(inbox.upkeep(), InboxSettings.DEFAULT, clock, Duration.ofMinutes(1)).work();
  }

  @AfterEach
  void close() {
    database.close();
    log.close();
  }

  private boolean put(int number, Intake intake) {
    MessageId id = new MessageId(StoreProvider.GOOGLE, "message-" + number);
    return inbox.put(new StoreMessage(id, "test", null, T, ByteString.fromHex("00")), intake, T);
  }

  private static Intake understood() {
    return new Intake.Understood(List.of());
  }

  private void run() {
    job.run(() -> true);
  }

  @Test
  void idsOfMessagesAreKeptAsLongAsTheStoreMayRepeatThem() {
    for (int i = 0; i < 600; i++) {
      put(i, understood());
    }
    clock.advance(Duration.ofDays(8).minusSeconds(1));
    run();
    assertThat(put(0, understood())).isFalse();

    clock.advance(Duration.ofSeconds(1));
    run();
    assertThat(put(0, understood())).isTrue();
    assertThat(put(599, understood())).isTrue();
  }

  @Test
  void questionsOfTheStoreEndAtTheirDeadline() {
    put(1, new Intake.Parked(ParkReason.REFUND_REVIEW, "a refund", T.plusSeconds(5)));
    run();
    assertThat(inbox.inspection().count(Filter.ALL)).isOne();

    clock.advance(Duration.ofSeconds(5));
    run();
    assertThat(inbox.inspection().count(Filter.ALL)).isZero();
    assertThat(log.at(Level.WARN))
        .containsExactly("questions of GOOGLE that nobody answered in time: 1");
  }

  @Test
  void whatAClockThatWasAheadHasPutOffIsDueAndToldOf() {
    Instant ahead = T.plus(Duration.ofDays(1));
    inbox.enqueue(
        List.of(Owed.announced(WorkItem.reconcile(new PurchaseToken("A")), ahead)), ahead);

    run();
    run();

    assertThat(log.at(Level.WARN))
        .containsExactly("items that waited because a clock was ahead: 1");
    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, T))
        .hasSize(1);
  }

  private static final String URGENT =
      "purchases of GOOGLE that nobody can be found for, and that are refunded in a day: 1";

  private void hearOf(String token) {
    inbox.enqueue(
        List.of(Owed.announced(WorkItem.reconcile(new PurchaseToken(token)), T)), clock.instant());
  }

  /// @param refundedAt null if it is over
  private void parkAsNobodys(@Nullable Instant refundedAt) {
    Cause cause = new Cause(ParkReason.NO_OWNER, null, refundedAt);
    AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, clock.instant())
        .forEach(
            claim -> inbox.settle(claim, new Outcome.Parked(cause, "nobody's"), clock.instant()));
  }

  @Test
  void aPurchaseWithoutOwnerIsToldOfOnceWithADayLeft() {
    hearOf("A");
    parkAsNobodys(REFUND);
    clock.advance(Duration.ofHours(47));
    run();
    assertThat(log.at(Level.ERROR)).isEmpty();

    clock.advance(Duration.ofMinutes(70));
    run();
    clock.advance(Duration.ofHours(1));
    run();
    assertThat(log.critical()).containsExactly(URGENT);
  }

  @Test
  void aPurchaseThatIsFoundToHaveNoOwnerTooLateIsToldOfAllTheSame() {
    hearOf("A");
    clock.advance(Duration.ofHours(50));
    run();
    parkAsNobodys(REFUND);

    clock.advance(Duration.ofMinutes(10));
    run();
    clock.advance(Duration.ofMinutes(10));
    run();

    assertThat(log.critical()).containsExactly(URGENT);
  }

  @Test
  void nobodyIsToldThatARefundIsNearOnceItIsOver() {
    hearOf("A");
    parkAsNobodys(REFUND);
    clock.advance(Duration.ofDays(3).plusMinutes(5));

    run();
    hearOf("A");
    parkAsNobodys(null);
    clock.advance(Duration.ofMinutes(10));
    run();

    assertThat(log.at(Level.ERROR)).isEmpty();
  }

  @Test
  void whatIsOverAndWasNobodysIsForgottenOnceTheStoreSaysNoMoreOfIt() {
    hearOf("over");
    parkAsNobodys(null);
    hearOf("standing");
    parkAsNobodys(REFUND);
    clock.advance(Duration.ofDays(8).minusSeconds(1));
    run();
    assertThat(inbox.inspection().count(Filter.ALL)).isEqualTo(2);

    clock.advance(Duration.ofSeconds(1));
    run();

    assertThat(inbox.inspection().list(Filter.ALL, 10))
        .singleElement()
        .satisfies(left -> assertThat(left.item().key()).isEqualTo("standing"));
  }

  @Test
  void whatTheStoreKeepsTheMoneyOfIsNeverForgotten() {
    hearOf("paid");
    Cause paid = new Cause(ParkReason.NO_OWNER, null, null, true);
    AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, clock.instant())
        .forEach(
            claim -> inbox.settle(claim, new Outcome.Parked(paid, "nobody's"), clock.instant()));
    clock.advance(Duration.ofDays(90));

    run();

    assertThat(inbox.inspection().count(Filter.ALL)).isOne();
  }

  @Test
  void nothingRestsForLongerBecauseAClockWasAhead() {
    Instant wrong = T.plus(Duration.ofHours(1));
    WorkItem item = WorkItem.reconcile(new PurchaseToken("A"));
    inbox.enqueue(List.of(Owed.announced(item, T)), T);
    AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, wrong)
        .forEach(claim ->
            inbox.settle(claim, new Outcome.Failed(ErrorClass.TRANSIENT, "failed"), wrong));

    run();

    assertThat(AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, T))
        .hasSize(1);
  }
}
