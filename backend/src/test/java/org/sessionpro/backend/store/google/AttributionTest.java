package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.TWO;
import static org.sessionpro.backend.store.google.Shelf.day;

import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.store.google.Convergence.Money;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.Convergence.Parked;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.ByteString;

/// Whose purchase it is (`google-play.md` §4.3, `decisions-stores.md` §2.2).
class AttributionTest {
  /// What an app of the first protocol gives to its purchases cannot be traced back to a key.
  private static final Binding HASH = new Binding(ByteString.fromHex("3c".repeat(32)));

  private final Shelf shelf = new Shelf();

  private static PlayRecord record() {
    return PlayRecord.of(State.ACTIVE, "P1", day(130)).started(day(100));
  }

  private void expiredSubscription(Binding id, boolean claimed) {
    shelf.look(ONE, PlayRecord.of(State.EXPIRED, "O1", day(30)).by(id), T);
    if (claimed) {
      shelf.claim(ONE, "O1");
    }
  }

  private Payment bought() {
    return shelf.payment(TWO, "P1");
  }

  @Test
  void thePurchasesOwnIdIsKeptAsItIs() {
    shelf.look(TWO, record().by(HASH), day(100));

    assertThat(bought().witnessed().binding()).isEqualTo(HASH);
    assertThat(bought().owner()).isNull();
  }

  @Test
  void theIdOfTheExpiredSubscriptionComesNext() {
    expiredSubscription(HASH, true);

    shelf.look(TWO, record().again(Shelf.BOB_ID, ONE), day(100));

    assertThat(bought().witnessed().binding()).isEqualTo(Shelf.BOB_ID);
    assertThat(bought().owner()).isNull();
  }

  @Test
  void thenWhoeverOwnsTheExpiredPurchaseGetsItAtOnce() {
    expiredSubscription(HASH, true);

    shelf.look(TWO, record().again(null, ONE), day(100));

    assertThat(bought().witnessed().binding()).isEqualTo(HASH);
    assertThat(bought().owner()).isNotNull();
  }

  @Test
  void thenWhoeverOwnsThePurchaseBeforeGetsItAtOnce() {
    expiredSubscription(HASH, true);

    shelf.look(TWO, record().by(null).instead(ONE), day(100));

    assertThat(bought().witnessed().binding()).isEqualTo(HASH);
    assertThat(bought().owner()).isNotNull();
  }

  @Test
  void soDoesMoneyThatIsShownUnderAnotherPurchase() {
    shelf.takeOver(ONE, "P1", T, day(130));

    shelf.look(TWO, record().instead(ONE), day(100));

    assertThat(bought().witnessed().purchasedAt()).isEqualTo(T);
    assertThat(bought().owner()).isNotNull();
  }

  @Test
  void notIfThatNamesSomebodyElse() {
    shelf.takeOver(ONE, "P1", T, day(130));

    shelf.look(TWO, record().by(Shelf.BOB_ID).instead(ONE), day(100));

    assertThat(bought().witnessed().purchasedAt()).isEqualTo(T);
    assertThat(bought().witnessed().binding()).isEqualTo(Shelf.BOB_ID);
    assertThat(bought().isUnclaimed()).isTrue();
    assertThat(shelf.payment(ONE, "P1").owner()).isNotNull();
  }

  @Test
  void aPurchaseThatNobodyClaimedTellsNothing() {
    expiredSubscription(HASH, false);

    assertThat(shelf.look(TWO, record().again(null, ONE).notAcknowledged(), day(100)))
        .isEqualTo(new Parked(Obstacle.NO_OWNER, new Money.Refunded(day(103))));
  }

  @Test
  void withoutAnyOfThemNothingIsRegistered() {
    assertThat(shelf.look(TWO, record().by(null).notAcknowledged(), day(100)))
        .isEqualTo(new Parked(Obstacle.NO_OWNER, new Money.Refunded(day(103))));
    assertThat(shelf.payments(TWO)).isEmpty();
  }

  @Test
  void nothingIsRefundedOfWhatWasAcknowledged() {
    assertThat(shelf.look(TWO, record().by(null), day(100)))
        .isEqualTo(new Parked(Obstacle.NO_OWNER, new Money.Kept()));
  }

  @Test
  void nothingIsRefundedOfWhatIsOver() {
    assertThat(shelf.look(TWO, PlayRecord.of(State.EXPIRED, "P1", day(100)).by(null), day(100)))
        .isEqualTo(new Parked(Obstacle.NO_OWNER, new Money.Past()));
  }

  @Test
  void aRenewalKeepsTheIdOfItsSubscription() {
    shelf.look(TWO, record(), day(100));

    shelf.look(TWO, PlayRecord.of(State.ACTIVE, "P2", day(160)).by(null), day(130));

    assertThat(shelf.payment(TWO, "P2").witnessed().binding()).isEqualTo(Shelf.ALICE_ID);
  }

  @Test
  void theRenewalOfWhatIsOwnedAndHadNoIdIsItsOwners() {
    shelf.takeOver(TWO, "P1", day(100), day(130));

    shelf.look(TWO, PlayRecord.of(State.ACTIVE, "P2", day(160)).by(null), day(130));

    Payment renewal = shelf.payment(TWO, "P2");
    assertThat(renewal.witnessed().binding()).isEqualTo(Shelf.ALICE_ID);
    assertThat(renewal.owner()).isNotNull();
  }

  @Test
  void whatComesTooLateForThatWaitsForItsOwner() {
    shelf.takeOver(TWO, "P1", day(100), day(130));

    shelf.look(TWO, PlayRecord.of(State.ACTIVE, "P2", day(221)).by(null), day(191));

    Payment renewal = shelf.payment(TWO, "P2");
    assertThat(renewal.witnessed().binding()).isEqualTo(Shelf.ALICE_ID);
    assertThat(renewal.owner()).isNull();
  }
}
