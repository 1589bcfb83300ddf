package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.backend.telemetry.LoggerName;

/// What is told of a purchase whose record is odd, and how loudly (`operator-v1.md` §5).
class ComparisonAlarmsTest {
  @TempDir Path folder;

  private record Turn(Claim claim) implements WorkHandler.Turn {
    @Override
    public boolean goesOn() {
      return true;
    }
  }

  private static String text(Alarm alarm) {
    return switch (alarm) {
      case REVOKED_AGAINST_THE_RECORD -> "was revoked an hour ago";
      case FORMER_CYCLE_STATED -> "goes on naming an earlier order";
      case REFUNDED_WITHOUT_LOSS -> "was given back, and the subscription goes on";
      case REFUNDED_IN_PART -> "its share of the time was taken away";
      case REFUNDED_IN_SOME_PART -> "its time stays as it was";
      case SEVERAL_ITEMS_OWNED -> "consists of several items that are ours";
      case UNKNOWN_STATE -> "is in a state that nobody has heard of";
      case NOT_ACKNOWLEDGED_IN_TIME -> "because nobody acknowledged it";
    };
  }

  private static List<String> loudly(Alarm alarm, LogLines log) {
    return switch (alarm) {
      case NOT_ACKNOWLEDGED_IN_TIME -> log.critical();
      case REVOKED_AGAINST_THE_RECORD, FORMER_CYCLE_STATED, REFUNDED_IN_SOME_PART ->
          log.at(Level.ERROR);
      case REFUNDED_WITHOUT_LOSS, REFUNDED_IN_PART, SEVERAL_ITEMS_OWNED, UNKNOWN_STATE ->
          log.at(Level.WARN);
    };
  }

  @ParameterizedTest
  @EnumSource(Alarm.class)
  void everyAlarmIsALine(Alarm alarm) {
    try (WorkRig it = new WorkRig(Engine.SQLITE, folder);
        LogLines log = new LogLines(LoggerName.GOOGLE_PLAY)) {
      it.google().buy(WorkRig.ALICE);
      var _ = it.pull().once();
      Comparison comparison =
          new Comparison(
              it.rooms().subscriptions(),
              it.rooms().inbox(),
              it.rooms().mask(),
              it.rooms().clock());

      Outcome outcome =
          comparison.compare(
              new Turn(it.claim().getFirst()),
              new Comparison.Heard(
                  it.now(),
                  List.of(),
                  (_, _) -> new Applied(List.of(), List.of(), Set.of(), null, EnumSet.of(alarm)),
                  Enum::name));

      assertThat(outcome).isEqualTo(new Outcome.Done());
      assertThat(loudly(alarm, log)).singleElement().asString().contains(text(alarm));
    }
  }
}
