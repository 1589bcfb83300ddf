package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.inbox.Settled.Fate;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;

/// How loudly work on the inbox is told of (`operator-v1.md` §5, `decisions-stores.md` §5).
class WorkLogTest {
  private static final IdentifierMask MASK =
      IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom());
  private static final PurchaseToken TOKEN = new PurchaseToken("token");
  private static final WorkItem LOOK = WorkItem.reconcile(TOKEN);
  private static final WorkItem MESSAGE =
      WorkItem.message(new MessageId(StoreProvider.GOOGLE, "1"));

  private final WorkLog it = new WorkLog(MASK);
  private final LogLines log = new LogLines(LoggerName.GOOGLE_PLAY);

  @AfterEach
  void close() {
    log.close();
  }

  private void fails(WorkItem item, ErrorClass kind, int attempts) {
    it.note(item, new Outcome.Failed(kind, "no answer"), new Settled(Fate.STAYS, attempts, null));
  }

  private void parked(ParkReason reason, @Nullable String detail) {
    it.note(
        LOOK,
        new Outcome.Parked(new Cause(reason, detail), "no use"),
        new Settled(Fate.PARKED, 1, reason));
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void aRetryIsAWarning(int attempts) {
    fails(LOOK, ErrorClass.TRANSIENT, attempts);

    assertThat(log.at(Level.WARN))
        .containsExactly(MASK.of(TOKEN) + " failed: no answer (transient)");
  }

  @Test
  void whatIsStuckIsAnError() {
    fails(LOOK, ErrorClass.TRANSIENT, 5);

    assertThat(log.at(Level.ERROR))
        .containsExactly(MASK.of(TOKEN) + " failed, 5 times so far: no answer (transient)");
  }

  @ParameterizedTest
  @CsvSource({"TRANSIENT, WARN", "LOGIC, ERROR"})
  void aMessageThatCannotBeHandledIsAnErrorUnlessTheStoreIsAway(ErrorClass kind, String level) {
    fails(MESSAGE, kind, 1);

    assertThat(log.at(Level.toLevel(level))).singleElement().asString().contains("no answer");
  }

  @ParameterizedTest
  @EnumSource(ParkReason.class)
  void whatIsParkedIsAsLoudAsItsReason(ParkReason reason) {
    parked(reason, null);

    String line = MASK.of(TOKEN) + " is parked as " + Columns.code(reason) + ": no use";
    List<String> heard =
        switch (reason.level()) {
          case INFO -> log.at(Level.INFO);
          case WARNING -> log.at(Level.WARN);
          case ERROR -> log.at(Level.ERROR);
          case CRITICAL -> log.critical();
        };
    assertThat(heard).containsExactly(line);
    assertThat(log.critical()).hasSize(reason.level() == ParkReason.Level.CRITICAL ? 1 : 0);
  }

  @Test
  void whatIsNotMappedIsAnErrorOnceForEachId() {
    parked(ParkReason.UNKNOWN_PLAN, "weekly");
    parked(ParkReason.UNKNOWN_PLAN, "weekly");
    parked(ParkReason.UNKNOWN_PLAN, "daily");

    assertThat(log.at(Level.ERROR))
        .containsExactly(
            MASK.of(TOKEN) + " is parked as unknown_plan: no use (weekly)",
            MASK.of(TOKEN) + " is parked as unknown_plan: no use (daily)");
  }

  private void paidForNothing(ParkReason reason, @Nullable String detail) {
    it.note(
        LOOK,
        new Outcome.Parked(new Cause(reason, detail, null, true), "no use"),
        new Settled(Fate.PARKED, 36, reason));
  }

  @ParameterizedTest
  @EnumSource(
      value = ParkReason.class,
      names = {"NO_OWNER", "UNKNOWN_PLAN", "UNKNOWN_PRODUCT"})
  void whatIsPaidForAndNotRefundedIsCriticalWhateverItsReason(ParkReason reason) {
    paidForNothing(reason, null);

    assertThat(log.critical())
        .singleElement()
        .asString()
        .contains("parked as " + Columns.code(reason))
        .contains("keeps what was paid");
  }

  @Test
  void aPlanThatIsStillPaidForIsCriticalWhenItFailsFirstAndWhenItIsGivenUp() {
    Cause paid = new Cause(ParkReason.UNKNOWN_PLAN, "weekly", null, true);
    for (int attempts = 1; attempts <= 3; attempts++) {
      it.note(
          LOOK,
          new Outcome.Failed(ErrorClass.LOGIC, "not mapped", paid),
          new Settled(Fate.STAYS, attempts, null));
    }
    paidForNothing(ParkReason.UNKNOWN_PLAN, "weekly");
    paidForNothing(ParkReason.UNKNOWN_PLAN, "weekly");

    assertThat(log.critical())
        .satisfiesExactly(
            failed -> assertThat(failed).contains("does not refund it").contains("weekly"),
            parked -> assertThat(parked).contains("is parked").contains("weekly"));
  }

  @Test
  void whatIsInOtherHandsIsAWarning() {
    it.note(LOOK, new Outcome.Done(), new Settled(Fate.LOST, 0, null));

    assertThat(log.at(Level.WARN)).containsExactly(MASK.of(TOKEN) + " is in other hands now");
  }

  @Test
  void whatIsDoneIsNotTold() {
    it.note(LOOK, new Outcome.Done(), new Settled(Fate.GONE, 0, null));

    assertThat(log.at(Level.WARN)).isEmpty();
    assertThat(log.at(Level.INFO)).isEmpty();
  }
}
