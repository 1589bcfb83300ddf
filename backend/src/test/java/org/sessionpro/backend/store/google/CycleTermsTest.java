package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.store.google.SubscriptionResource.State;

/// The table of `google-play.md` §5.3, whole, with and without a grace that was recorded before.
class CycleTermsTest {
  private static final Instant EXPIRY = Shelf.day(30);
  private static final Duration GRACE = Duration.ofDays(3);

  /// @param grace before, in days; 0 is none
  /// @param moved by how many days what is stated differs from what is stored
  /// @param expiry in days after what was stored
  /// @param after grace afterwards, in days; 0 is none
  private record Row(State state, int grace, int moved, int expiry, int after) {
    DynamicTest test() {
      return DynamicTest.dynamicTest(
          state + ", grace " + grace + ", stated " + moved + " days later",
          () ->
              assertThat(terms(0, grace).after(EXPIRY.plus(Duration.ofDays(moved)), state))
                  .isEqualTo(terms(expiry, after)));
    }

    private static CycleTerms terms(int later, int graceDays) {
      return new CycleTerms(EXPIRY.plus(Duration.ofDays(later)), days(graceDays));
    }

    private static @Nullable Duration days(int count) {
      return count == 0 ? null : Duration.ofDays(count);
    }
  }

  @TestFactory
  Stream<DynamicTest> termsWithoutGrace() {
    return Stream.of(
            taking(State.ACTIVE),
            taking(State.UNSPECIFIED),
            taking(State.CANCELED),
            Stream.of(
                new Row(State.IN_GRACE_PERIOD, 0, -5, -5, 0),
                new Row(State.IN_GRACE_PERIOD, 0, 0, 0, 0),
                new Row(State.IN_GRACE_PERIOD, 0, 3, 0, 3)),
            cutting(State.ON_HOLD),
            cutting(State.PAUSED),
            cutting(State.EXPIRED))
        .flatMap(rows -> rows)
        .map(Row::test);
  }

  private static Stream<Row> taking(State state) {
    return Stream.of(
        new Row(state, 0, -5, -5, 0), new Row(state, 0, 0, 0, 0), new Row(state, 0, 5, 5, 0));
  }

  private static Stream<Row> cutting(State state) {
    return Stream.of(
        new Row(state, 0, -5, -5, 0), new Row(state, 0, 0, 0, 0), new Row(state, 0, 5, 0, 0));
  }

  @TestFactory
  Stream<DynamicTest> termsWithGrace() {
    return Stream.of(
            Stream.of(
                new Row(State.ACTIVE, 3, -5, -5, 0),
                new Row(State.ACTIVE, 3, 0, 0, 0),
                new Row(State.ACTIVE, 3, 2, 2, 0),
                new Row(State.ACTIVE, 3, 30, 30, 0),
                new Row(State.IN_GRACE_PERIOD, 3, -5, -5, 0),
                new Row(State.IN_GRACE_PERIOD, 3, 0, 0, 0),
                new Row(State.IN_GRACE_PERIOD, 3, 3, 0, 3),
                new Row(State.IN_GRACE_PERIOD, 3, 6, 0, 6),
                new Row(State.CANCELED, 3, -5, 0, 3),
                new Row(State.CANCELED, 3, 0, 0, 3),
                new Row(State.CANCELED, 3, 2, 0, 3),
                new Row(State.CANCELED, 3, 3, 0, 3),
                new Row(State.CANCELED, 3, 4, 4, 0)),
            cuttingGrace(State.ON_HOLD),
            cuttingGrace(State.PAUSED),
            cuttingGrace(State.EXPIRED))
        .flatMap(rows -> rows)
        .map(Row::test);
  }

  private static Stream<Row> cuttingGrace(State state) {
    return Stream.of(
        new Row(state, 3, -5, -5, 0),
        new Row(state, 3, 0, 0, 3),
        new Row(state, 3, 2, 0, 2),
        new Row(state, 3, 3, 0, 3),
        new Row(state, 3, 57, 0, 3));
  }

  @Test
  void statingTheSameAgainChangesNothing() {
    for (State state : State.values()) {
      for (int moved : new int[] {-5, 0, 2, 3, 30}) {
        Instant stated = EXPIRY.plus(Duration.ofDays(moved));
        CycleTerms once = new CycleTerms(EXPIRY, GRACE).after(stated, state);

        assertThat(once.after(stated, state)).as(state + " " + moved).isEqualTo(once);
      }
    }
  }

  @Test
  void noStateMovesTheEndIntoTimeThatNobodyPaidFor() {
    Arrays.stream(State.values())
        .filter(state ->
            switch (state) {
              case ACTIVE, CANCELED, UNSPECIFIED -> false;
              case IN_GRACE_PERIOD, ON_HOLD, PAUSED, EXPIRED, PENDING, PENDING_PURCHASE_CANCELED ->
                  true;
            })
        .forEach(state ->
            assertThat(new CycleTerms(EXPIRY, null).after(Shelf.day(60), state).expiry())
                .as(state.name())
                .isEqualTo(EXPIRY));
  }
}
