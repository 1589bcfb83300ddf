package org.sessionpro.simulator.google.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.INSTALLMENTS;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.PREPAID;
import static org.sessionpro.simulator.google.play.PlayRig.T;
import static org.sessionpro.simulator.google.play.PlayRig.month;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.Cancellation.ByDeveloper;
import org.sessionpro.simulator.google.play.Cancellation.ByUser;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Canceled;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.Paused;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;

class CancellationTest {
  private final PlayRig rig = new PlayRig();
  private final PurchaseToken token = rig.subscriber(ONE_MONTH);

  @Test
  void accessGoesOnUntilTheEndOfWhatIsPaid() {
    rig.cancel(token);

    assertThat(rig.subscription(token).phase()).isEqualTo(new Canceled(month(1), new ByUser(T)));
    assertThat(rig.subscription(token).renewal().on()).isFalse();
    assertThat(rig.news()).containsExactly("CANCELED");
  }

  @Test
  void endsWhenThePaidTimeDoes() {
    rig.cancel(token);

    rig.at(month(1));

    assertThat(rig.subscription(token).phase()).isEqualTo(new Expired(month(1), new ByUser(T)));
    assertThat(rig.news()).containsExactly("CANCELED", "EXPIRED");
  }

  @Test
  void canBeTakenBackBeforeTheEnd() {
    rig.cancel(token);

    rig.store.restart(token);

    assertThat(rig.subscription(token).phase()).isEqualTo(new Active());
    assertThat(rig.subscription(token).renewal().on()).isTrue();
    assertThat(rig.subscription(token).cycles()).hasSize(1);
    assertThat(rig.news()).containsExactly("CANCELED", "RESTARTED");
  }

  @Test
  void cannotBeTakenBackAfterTheEnd() {
    rig.cancel(token);
    rig.at(month(1));

    assertThatThrownBy(() -> rig.store.restart(token)).isInstanceOf(PlayRefusal.class);
  }

  @Test
  void theDeveloperIsNamedWhereItWasTheDeveloper() {
    rig.store.cancel(token, Canceler.DEVELOPER);

    assertThat(rig.subscription(token).phase())
        .isEqualTo(new Canceled(month(1), new ByDeveloper()));
  }

  @Test
  void endsAtOnceInGraceAndCutsIt() {
    rig.store.setCard(token, true);
    Instant inGrace = month(1).plus(Duration.ofDays(1));
    rig.at(inGrace);

    rig.cancel(token);

    assertThat(rig.subscription(token).phase())
        .isEqualTo(new Expired(inGrace, new ByUser(inGrace)));
    assertThat(rig.subscription(token).paid().grace()).isEqualTo(Duration.ofDays(1));
    assertThat(rig.news()).containsExactly("IN_GRACE_PERIOD", "CANCELED", "EXPIRED");
  }

  @Test
  void mayRunOnInGrace() {
    PlayRig odd = new PlayRig(Quirk.CANCELED_GRACE_RUNS_ON);
    PurchaseToken other = odd.subscriber(ONE_MONTH);
    odd.store.setCard(other, true);
    odd.at(month(1).plus(Duration.ofDays(1)));

    odd.cancel(other);

    assertThat(odd.subscription(other).statedExpiry()).isEqualTo(month(1).plus(Duration.ofDays(3)));
    assertThat(odd.news()).containsExactly("IN_GRACE_PERIOD", "CANCELED");
  }

  @Test
  void endsAtOnceOnHold() {
    rig.store.setCard(token, true);
    rig.at(month(1).plus(Duration.ofDays(5)));

    rig.cancel(token);

    assertThat(rig.subscription(token).isExpired()).isTrue();
    assertThat(rig.news()).endsWith("CANCELED", "EXPIRED");
  }

  @Test
  void aPrepaidPlanCannotBeCancelled() {
    PurchaseToken prepaid = rig.subscriber(PREPAID);

    assertThatThrownBy(() -> rig.cancel(prepaid)).isInstanceOf(PlayRefusal.class);
  }

  @Test
  void aCommitmentIsFulfilledFirst() {
    PurchaseToken committed = rig.subscriber(INSTALLMENTS);
    rig.cancel(committed);
    rig.announced.clear();

    rig.at(month(12));

    assertThat(rig.subscription(committed).cycles()).hasSize(12);
    assertThat(rig.subscription(committed).isExpired()).isTrue();
  }

  @Test
  void aCommitmentAnnouncesThatItWillEnd() {
    PurchaseToken committed = rig.subscriber(INSTALLMENTS);

    rig.cancel(committed);

    assertThat(rig.subscription(committed).renewal().endsWithCommitment()).isTrue();
    assertThat(rig.subscription(committed).renewal().on()).isTrue();
    assertThat(rig.news()).containsExactly("CANCELLATION_SCHEDULED");
  }

  @Test
  void aPauseBeginsAtTheEndOfTheCycle() {
    rig.store.schedulePause(token, Period.ofMonths(1));

    rig.at(month(1));

    assertThat(rig.subscription(token).phase())
        .isEqualTo(new Paused(PlanTerms.after(month(1), Period.ofMonths(1))));
    assertThat(rig.subscription(token).renewal().on()).isTrue();
    assertThat(rig.news()).containsExactly("PAUSE_SCHEDULE_CHANGED", "PAUSED");
  }

  @Test
  void aPauseEndsInANewCycleThatBeginsThen() {
    rig.store.schedulePause(token, Period.ofMonths(1));
    Instant end = PlanTerms.after(month(1), Period.ofMonths(1));

    rig.at(end);

    assertThat(rig.subscription(token).paid().chargedAt()).isEqualTo(end);
    assertThat(rig.subscription(token).paid().paidUntil())
        .isEqualTo(PlanTerms.after(end, Period.ofMonths(1)));
    assertThat(rig.news()).endsWith("PAUSED", "RECOVERED");
  }

  @Test
  void aPauseCanBeEndedByHand() {
    rig.store.schedulePause(token, Period.ofMonths(2));
    rig.at(month(1).plus(Duration.ofDays(9)));

    rig.store.resume(token);

    assertThat(rig.subscription(token).cycles()).hasSize(2);
  }

  @Test
  void aPauseThatCannotBePaidForEndsInHold() {
    rig.store.schedulePause(token, Period.ofMonths(1));
    rig.store.setCard(token, true);

    rig.at(PlanTerms.after(month(1), Period.ofMonths(1)));

    assertThat(rig.subscription(token).phase()).isInstanceOf(OnHold.class);
    assertThat(rig.subscription(token).statedExpiry()).isEqualTo(month(1));
  }

  @Test
  void aScheduledPauseCanBeTakenBack() {
    rig.store.schedulePause(token, Period.ofMonths(1));
    rig.store.schedulePause(token, null);

    rig.at(month(1));

    assertThat(rig.news())
        .containsExactly("PAUSE_SCHEDULE_CHANGED", "PAUSE_SCHEDULE_CHANGED", "RENEWED");
  }

  @Test
  void aDeferralMovesThisCycleAndAllThatFollow() {
    rig.store.defer(token, Duration.ofDays(10));
    Instant later = month(1).plus(Duration.ofDays(10));

    rig.at(later);

    assertThat(rig.subscription(token).cycles())
        .extracting(Cycle::paidUntil)
        .containsExactly(later, PlanTerms.after(later, Period.ofMonths(1)));
    assertThat(rig.news()).containsExactly("DEFERRED", "RENEWED");
  }
}
