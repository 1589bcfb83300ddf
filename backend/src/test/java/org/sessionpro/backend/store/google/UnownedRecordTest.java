package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.day;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.Convergence.Alarm;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.backend.store.google.Convergence.Missing;
import org.sessionpro.backend.store.google.Convergence.Waits;
import org.sessionpro.backend.store.google.SubscriptionResource.State;

/// Records of known subscriptions that name nothing of ours that is paid for (`google-play.md` §6.1).
class UnownedRecordTest {
  private static final Revocation REVOKED = new Revocation(day(10), RevokedFor.REVOKED, false);

  private final Shelf shelf = new Shelf();

  @BeforeEach
  void buy() {
    shelf.look(ONE, PlayRecord.of(State.ACTIVE, "O1", day(30)).notAcknowledged(), T);
  }

  private @Nullable Revocation lost() {
    return shelf.payment(ONE, "O1").revocation();
  }

  private Applied lookForAnHour(PlayRecord record) {
    assertThat(shelf.look(ONE, record, day(10))).isInstanceOf(HeldLoss.class);
    assertThat(lost()).isNull();
    return shelf.apply(ONE, record, day(10).plus(Duration.ofHours(1)));
  }

  @Test
  void aRevocationOfWhatIsOverIsCarriedOutAtOnce() {
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    Applied applied = shelf.apply(ONE, PlayRecord.withoutItems(State.EXPIRED), day(10));

    assertThat(lost()).isEqualTo(REVOKED);
    assertThat(shelf.payment(ONE, "O1").requests().acknowledgement())
        .isEqualTo(Acknowledgement.DONE);
    assertThat(applied.alarms()).isEmpty();
  }

  @Test
  void aRevocationOfWhatGoesOnIsCarriedOutAfterAnHour() {
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    Applied applied = lookForAnHour(PlayRecord.withoutItems(State.ACTIVE));

    assertThat(applied.alarms()).containsExactly(Alarm.REVOKED_AGAINST_THE_RECORD);
    assertThat(lost()).isEqualTo(REVOKED);
    assertThat(shelf.look(ONE, PlayRecord.withoutItems(State.ACTIVE), day(11)))
        .isInstanceOf(Waits.class);
  }

  @Test
  void soItIsIfTheRecordConsistsOfOtherProductsOnly() {
    shelf.hear(ONE, LossHeard.revoked(day(10)));

    lookForAnHour(PlayRecord.of(State.ACTIVE, "X1", day(30)).ofAnotherProduct());

    assertThat(lost()).isEqualTo(REVOKED);
  }

  @Test
  void whatIsOverIsNotRenewed() {
    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED), day(10));

    assertThat(shelf.payment(ONE, "O1").isRenewing()).isFalse();
  }

  @Test
  void withoutAWordAgainstItNothingIsTaken() {
    assertThat(shelf.look(ONE, PlayRecord.withoutItems(State.ACTIVE), day(10)))
        .isInstanceOfSatisfying(
            Waits.class, waits -> assertThat(waits.missing()).isEqualTo(Missing.ORDER));
    shelf.look(ONE, PlayRecord.withoutItems(State.EXPIRED), day(10));

    assertThat(lost()).isNull();
    assertThat(shelf.payment(ONE, "O1").terms().expiry()).isEqualTo(day(30));
  }
}
