package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.day;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.google.SubscriptionResource.State;

/// When a cycle was bought, which Google's record does not say (`google-play.md` §5.4,
/// `decisions.md` §5).
class PurchaseInstantTest {
  private final Shelf shelf = new Shelf();

  private static PlayRecord active(String order, Instant expiry) {
    return PlayRecord.of(State.ACTIVE, order, expiry);
  }

  private Instant purchased(String order) {
    return shelf.payment(ONE, order).witnessed().purchasedAt();
  }

  @Test
  void itIsWhatMadeUsLook() {
    shelf.hinted(T.plusSeconds(5)).look(ONE, active("O1", day(30)), day(1));

    assertThat(purchased("O1")).isEqualTo(T.plusSeconds(5));
  }

  @Test
  void withoutAHintTheFirstCycleBeganWithTheSubscription() {
    shelf.look(ONE, active("O1", day(30)).started(T), day(1));

    assertThat(purchased("O1")).isEqualTo(T);
  }

  @Test
  void withoutAHintALaterCycleIsBoughtWhenItIsSeen() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(ONE, active("O2", day(60)), day(31));

    assertThat(purchased("O2")).isEqualTo(day(31));
  }

  @Test
  void aHintAboutSomethingBeforeIsPassedOver() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.hinted(T).look(ONE, active("O2", day(60)), day(31));

    assertThat(purchased("O2")).isEqualTo(day(31));
  }

  @Test
  void noCycleIsOlderThanTheOneBefore() {
    shelf.hinted(day(31)).look(ONE, active("O1", day(30)).started(day(31)), day(31));
    shelf.look(ONE, active("O2", day(60)), day(30));

    assertThat(purchased("O2")).isEqualTo(day(31));
  }

  @Test
  void noCycleIsOlderThanItsSubscription() {
    shelf.hinted(T.minusSeconds(1)).look(ONE, active("O1", day(30)).started(T), day(1));

    assertThat(purchased("O1")).isEqualTo(T);
  }

  @Test
  void noCycleIsBoughtInTheFuture() {
    shelf.hinted(day(9)).look(ONE, active("O1", day(30)).started(day(9)), day(1));

    assertThat(purchased("O1")).isEqualTo(day(1).plusSeconds(1));
  }

  @Test
  void theFlagOfTheFormerCycleEndsThoughMoreWasHeardOfItSince() {
    shelf.look(ONE, PlayRecord.of(State.CANCELED, "O1", day(30)), T);
    shelf.look(ONE, active("O1", day(30)), day(31));

    shelf.hinted(day(30)).look(ONE, active("O2", day(60)), day(32));

    assertThat(shelf.payment(ONE, "O1").terms().renewing()).isFalse();
  }
}
