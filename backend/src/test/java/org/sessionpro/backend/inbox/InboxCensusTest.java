package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.InboxCensus.Messages;
import org.sessionpro.backend.inbox.InboxCensus.Paid;
import org.sessionpro.backend.inbox.InboxCensus.Parked;
import org.sessionpro.backend.inbox.InboxCensus.State;
import org.sessionpro.backend.inbox.InboxCensus.Work;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;

/// What those who run the service are told of what is owed.
@ParameterizedClass
@EnumSource(Engine.class)
class InboxCensusTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final WorkItem A = WorkItem.reconcile(new PurchaseToken("A"));
  private static final WorkItem B = WorkItem.reconcile(new PurchaseToken("B"));

  @Parameter Engine engine;
  @TempDir Path folder;
  private Database database;
  private Inbox inbox;

  @BeforeEach
  void open() {
    database = engine.open(folder);
    inbox = new Inbox(database, new Random(1), new InboxRules(36, "1.0"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void owe(WorkItem item) {
    inbox.enqueue(List.of(Owed.announced(item, T)), T);
  }

  private Claim claimed(Instant now) {
    return AnyLane.claim(inbox, StoreProvider.GOOGLE, EnumSet.allOf(WorkKind.class), 1, now)
        .getFirst();
  }

  private void fail(Instant now) {
    inbox.settle(claimed(now), new Outcome.Failed(ErrorClass.TRANSIENT, "no answer"), now);
  }

  private static Work work(State state, long count, long stuck, Duration overdue, Duration age) {
    return new Work(
        StoreProvider.GOOGLE,
        WorkKind.RECONCILE,
        Lane.ANNOUNCED,
        state,
        count,
        stuck,
        overdue,
        age,
        null);
  }

  private void keep(String id, Intake intake) {
    ByteString payload = ByteString.of("hello".getBytes(StandardCharsets.UTF_8));
    MessageId name = new MessageId(StoreProvider.GOOGLE, id);
    inbox.put(new StoreMessage(name, "test", null, T, payload), intake, T);
  }

  @Test
  void anEmptyInboxOwesNothing() {
    assertThat(inbox.inspection().census(T))
        .isEqualTo(new InboxCensus(List.of(), List.of(), List.of()));
    assertThat(inbox.inspection().messages()).isEmpty();
  }

  @Test
  void whatIsDueIsOverdueFromWhenItsTurnCame() {
    owe(A);
    owe(B);

    assertThat(inbox.inspection().census(T.plus(HOUR)).work())
        .containsExactly(work(State.DUE, 2, 0, HOUR, HOUR));
  }

  @Test
  void whatIsWorkedOnIsNotDue() {
    owe(A);
    claimed(T);

    assertThat(inbox.inspection().census(T.plusSeconds(1)).work())
        .containsExactly(work(State.LEASED, 1, 0, Duration.ZERO, Duration.ofSeconds(1)));
  }

  @Test
  void whatFailedFiveTimesIsStuckAndWaits() {
    owe(A);
    Instant now = T;
    for (int i = 0; i < 5; i++) {
      now = now.plus(HOUR);
      fail(now);
    }

    assertThat(inbox.inspection().census(now).work())
        .containsExactly(work(State.WAITING, 1, 1, Duration.ZERO, HOUR.multipliedBy(5)));
  }

  @Test
  void whatIsParkedIsCountedByItsReason() {
    keep("1", new Intake.Parked(ParkReason.FOREIGN, "another app", null));
    keep("2", new Intake.Parked(ParkReason.FOREIGN, "another app", null));
    keep("3", new Intake.Understood(List.of()));

    assertThat(inbox.inspection().census(T.plus(HOUR)))
        .isEqualTo(
            new InboxCensus(
                List.of(),
                List.of(new Parked(StoreProvider.GOOGLE, ParkReason.FOREIGN, 2, HOUR, null)),
                List.of()));
    assertThat(inbox.inspection().messages())
        .containsExactlyInAnyOrder(
            new Messages(StoreProvider.GOOGLE, "parked", 2),
            new Messages(StoreProvider.GOOGLE, "done", 1));
  }

  @Test
  void whatIsPaidForAndNotRefundedIsCountedWhetherItIsGivenUpOrNot() {
    owe(A);
    owe(B);
    Cause plan = new Cause(ParkReason.UNKNOWN_PLAN, "weekly", null, true);
    inbox.settle(claimed(T), new Outcome.Failed(ErrorClass.LOGIC, "not mapped", plan), T);
    Cause nobody = new Cause(ParkReason.NO_OWNER, null, null, true);
    inbox.settle(claimed(T), new Outcome.Parked(nobody, "nobody's"), T);

    assertThat(inbox.inspection().census(T).paid())
        .containsExactlyInAnyOrder(
            new Paid(StoreProvider.GOOGLE, ParkReason.UNKNOWN_PLAN, 1),
            new Paid(StoreProvider.GOOGLE, ParkReason.NO_OWNER, 1));
  }

  @Test
  void whatIsTriedAnewIsNotCountedAsPaidForUntilItFailsAgain() {
    owe(A);
    Cause plan = new Cause(ParkReason.UNKNOWN_PLAN, "weekly", null, true);
    inbox.settle(claimed(T), new Outcome.Failed(ErrorClass.LOGIC, "not mapped", plan), T);

    assertThat(
            inbox
                .upkeep()
                .bringBackAtStart(
                    StoreProvider.GOOGLE, new Upkeep.Known("1.0", Set.of("weekly"), false), T))
        .isEqualTo(1);

    assertThat(inbox.inspection().census(T).paid()).isEmpty();
  }

  @Test
  void whatMustBeDoneHasTimeLeftUntilTheFirstDeadline() {
    for (long hours : List.of(72L, 30L)) {
      inbox.enqueue(
          List.of(
              Owed.awaited(
                  WorkItem.acknowledge(new PurchaseToken("T" + hours)),
                  T,
                  T.plus(Duration.ofHours(hours)))),
          T);
    }

    assertThat(inbox.inspection().census(T.plus(HOUR)).work())
        .extracting(Work::left)
        .containsExactly(Duration.ofHours(29));
    assertThat(inbox.inspection().census(T.plus(Duration.ofHours(31))).work())
        .extracting(Work::left)
        .containsExactly(HOUR.negated());
  }

  @Test
  void deadlinesThatAreOverAreNoNextOnes() {
    for (long hours : List.of(1L, 3L, 5L)) {
      keep(
          "review " + hours,
          new Intake.Parked(ParkReason.REFUND_REVIEW, "a refund", T.plus(Duration.ofHours(hours))));
    }

    assertThat(inbox.inspection().census(T.plus(HOUR)).parked())
        .extracting(Parked::left)
        .containsExactly(Duration.ofHours(2));
  }
}
