package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.day;
import static org.sessionpro.backend.store.google.Shelf.minutes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.Convergence.Stale;
import org.sessionpro.backend.store.google.SubscriptionResource.State;

/// What is owed to Google, and records that come late (`decisions-stores.md` §3.1, §4).
class LateRecordTest {
  private final Shelf shelf = new Shelf();

  private static PlayRecord active(String order, Instant expiry) {
    return PlayRecord.of(State.ACTIVE, order, expiry);
  }

  private Payment.Terms terms(String order) {
    return shelf.payment(ONE, order).terms();
  }

  private static Instant aLittleBefore(Instant instant) {
    return instant.minusSeconds(3);
  }

  private Acknowledgement acknowledgement(String order) {
    return shelf.payment(ONE, order).requests().acknowledgement();
  }

  @Test
  void whatIsAcknowledgedIsOwedNoMore() {
    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), T);

    shelf.look(ONE, active("O1", day(30)), day(1));

    assertThat(acknowledgement("O1")).isEqualTo(Acknowledgement.DONE);
  }

  @Test
  void whatIsOverIsOwedNoAcknowledgement() {
    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), T);

    shelf.look(ONE, PlayRecord.of(State.EXPIRED, "O1", day(3)).notAcknowledged(), day(3));

    assertThat(acknowledgement("O1")).isEqualTo(Acknowledgement.DONE);
  }

  @Test
  void whatWasAcknowledgedIsNotOwedAgainToARecordThatIsBehind() {
    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), T);
    shelf.add(ONE, "O1", new Acknowledged(minutes(1), Acknowledgement.DONE));

    assertThat(
            shelf
                .apply(ONE, active("O1", day(30)).notAcknowledged(), minutes(1).minusSeconds(1))
                .statements())
        .isEmpty();
  }

  @Test
  void whatSeemedToBeAcknowledgedIsOwedAgainIfGoogleSaysSoLater() {
    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), T);
    shelf.add(ONE, "O1", new Acknowledged(minutes(1), Acknowledgement.DONE));

    shelf.look(ONE, active("O1", day(30)).notAcknowledged(), day(1));

    assertThat(acknowledgement("O1")).isEqualTo(Acknowledgement.OWED);
    assertThat(shelf.apply(ONE, active("O1", day(30)).notAcknowledged(), day(2)).statements())
        .isEmpty();
  }

  @Test
  void anOlderRecordThatComesLateChangesNothing() {
    shelf.look(ONE, active("O1", day(30)), day(2));

    assertThat(shelf.look(ONE, PlayRecord.of(State.CANCELED, "O1", day(20)), aLittleBefore(day(2))))
        .isEqualTo(new Stale(day(2).plus(1, ChronoUnit.MICROS)));
    assertThat(terms("O1").expiry()).isEqualTo(day(30));
  }

  @Test
  void anUnchangedRecordStillMovesTheWatermark() {
    shelf.look(ONE, active("O1", day(30)), T);
    shelf.look(ONE, active("O1", day(30)), day(2));

    assertThat(shelf.look(ONE, PlayRecord.of(State.CANCELED, "O1", day(20)), aLittleBefore(day(2))))
        .isEqualTo(new Stale(day(2).plus(1, ChronoUnit.MICROS)));
  }

  @Test
  void whatWasReadByAClockThatIsBehindIsReadAgain() {
    shelf.look(ONE, active("O1", day(30)), day(2));
    PlayRecord cancelled = PlayRecord.of(State.CANCELED, "O1", day(30));
    assertThat(shelf.look(ONE, cancelled, aLittleBefore(day(2))))
        .isEqualTo(new Stale(day(2).plus(1, ChronoUnit.MICROS)));

    shelf.look(ONE, cancelled, day(2).plus(1, ChronoUnit.MICROS));

    assertThat(terms("O1").renewing()).isFalse();
  }

  @Test
  void aRenewalThatWasReadByAClockThatIsBehindIsTakenAtOnce() {
    shelf.look(ONE, active("O1", day(30)), day(30));

    shelf.look(ONE, active("O2", day(60)), aLittleBefore(day(30)));

    assertThat(terms("O2").expiry()).isEqualTo(day(60));
    assertThat(terms("O2").renewing()).isTrue();
    assertThat(terms("O1").renewing()).isFalse();
  }

  @Test
  void aLossDoesNotWaitForAClockThatWasFarAhead() {
    shelf.look(ONE, active("O1", day(30)), day(9));
    shelf.hear(ONE, LossHeard.revoked(day(2)));

    shelf.look(ONE, PlayRecord.of(State.EXPIRED, "O1", day(2)), day(2));

    assertThat(shelf.payment(ONE, "O1").termEnd()).isEqualTo(day(2));
  }
}
