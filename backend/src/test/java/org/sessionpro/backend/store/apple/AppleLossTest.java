package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.NotificationMatrixTest.told;
import static org.sessionpro.backend.store.apple.Said.T;
import static org.sessionpro.backend.store.apple.Said.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.apple.Convergence.Alarm;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;

/// Upgrades, refunds and their reversals (`app-store.md` §3 rule 3, §5, §6.3, `decisions-stores.md` §2.1,
/// §4).
class AppleLossTest {
  private static final Said FIRST = Said.cycle(1);
  private static final Said SECOND = Said.cycle(2);

  private final Shelf shelf = new Shelf();

  private void buy() {
    shelf.told("SUBSCRIBED", FIRST, Said.renewal(true, T.plusSeconds(60)));
  }

  @Test
  void aCycleThatWasUpgradedEndsForGoodWhereItsSuccessorBegins() {
    buy();
    Said year = Said.bought(2, day(10), day(375));
    shelf.told("DID_CHANGE_RENEWAL_PREF", "UPGRADE", year, null);

    shelf.read(null, year.at(day(11)), FIRST.upgraded().at(day(11)));

    assertThat(told(shelf)).isEqualTo("30-SUPERSEDED@10 375+");
  }

  @Test
  void whatWasConcludedIsTakenBackWhenAppleSaysOtherwise() {
    buy();
    Said other = Said.bought(2, day(10), day(40));
    shelf.told("SUBSCRIBED", null, other, null);
    assertThat(told(shelf)).isEqualTo("30~SUPERSEDED@10 40+");

    shelf.read(null, other.at(day(11)), FIRST.at(day(11)));

    assertThat(told(shelf)).isEqualTo("30 40+");
  }

  @Test
  void anUpgradeIsNotReversedByAStatementThatLacksIt() {
    buy();
    Said year = Said.bought(2, day(10), day(375));
    shelf.read(null, year.at(day(11)), FIRST.upgraded().at(day(11)));

    shelf.told("CONSUMPTION_REQUEST", null, FIRST.at(day(20)), null);

    assertThat(told(shelf)).isEqualTo("30-SUPERSEDED@10 375+");
  }

  @Test
  void anUpgradedCycleWaitsForItsSuccessor() {
    buy();

    shelf.told("CONSUMPTION_REQUEST", null, FIRST.upgraded().at(day(11)), null);
    assertThat(told(shelf)).isEqualTo("30+");
    shelf.told("DID_RENEW", null, Said.bought(2, day(10), day(375)).at(day(12)), null);

    assertThat(told(shelf)).isEqualTo("30-SUPERSEDED@10 375+");
  }

  @Test
  void anUpgradedCycleWithoutSuccessorEndsWhenItsMoneyWentBack() {
    buy();

    shelf.told("REFUND", null, FIRST.upgraded().refunded(day(10)).at(day(11)), null);

    assertThat(told(shelf)).isEqualTo("30-SUPERSEDED@10");
  }

  @Test
  void aRefundOfTheSuccessorDoesNotBringTheUpgradedCycleBack() {
    buy();
    Said year = Said.bought(2, day(10), day(375));
    shelf.read(null, year.at(day(11)), FIRST.upgraded().at(day(11)));

    shelf.told("REFUND", null, year.refunded(day(12)).at(day(12)), null);

    assertThat(told(shelf)).isEqualTo("30-SUPERSEDED@10 375-REFUND@12");
  }

  @Test
  void aRefundTakesTheCycleThatItNames() {
    buy();
    shelf.told("DID_RENEW", SECOND, Said.renewal(true, day(31)));

    shelf.told("REFUND", FIRST.refunded(day(35)).at(day(35)), Said.renewal(true, day(35)));

    assertThat(told(shelf)).isEqualTo("30-REFUND@35 60+");
  }

  @Test
  void theEarliestInstantOfARefundCounts() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    shelf.read(null, FIRST.refunded(day(6)).at(day(7)));

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
  }

  @Test
  void aReversedRefundRestoresTheTerm() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null);

    assertThat(told(shelf)).isEqualTo("30+");
  }

  @Test
  void aReversalOfWhatNobodyHadHeardOfIsToldOfAndCounts() {
    Applied applied = shelf.told("REFUND_REVERSED", null, FIRST.refunded(day(5)).at(day(8)), null);

    assertThat(applied.alarms()).extracting(Alarm::matter).contains(Matter.UNKNOWN_REVERSAL);
    assertThat(shelf.payment(FIRST).isStanding()).isTrue();
  }

  @Test
  void aReversalOfWhatIsKnownIsNotToldOf() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    assertThat(shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null).alarms()).isEmpty();
  }

  @Test
  void aNewerStatementThatLacksARefundReversesItWhateverItsType() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    shelf.told("OF_THE_FUTURE", null, FIRST.at(day(8)), null);

    assertThat(told(shelf)).isEqualTo("30+");
  }

  @Test
  void anOlderStatementThatLacksARefundReversesNothing() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    shelf.told("OF_THE_FUTURE", null, FIRST.at(day(4)), null);

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
  }

  @Test
  void anOldRefundThatIsToldAgainStaysReversed() {
    buy();
    Said refund = FIRST.refunded(day(5)).at(day(5));
    shelf.told("REFUND", null, refund, null);
    shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null);

    shelf.told("REFUND", null, refund, null);

    assertThat(told(shelf)).isEqualTo("30+");
  }

  @Test
  void aSecondRefundAfterAReversalCounts() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);
    shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null);

    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(9)), null);

    assertThat(told(shelf)).isEqualTo("30-REFUND@8");
  }

  @Test
  void recordsThatLackARefundOfThisMinuteDoNotReverseIt() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    shelf.read(null, FIRST.at(day(5).plusSeconds(60)));

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
  }

  @Test
  void aRefundIsHeardThoughRecordsThatLackItWereReadBefore() {
    buy();
    shelf.read(null, FIRST.at(day(5).plusSeconds(60)));

    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
  }

  @Test
  void aRefundOfTheInstantAtWhichTheCycleWasSaidToStandCounts() {
    buy();
    shelf.told("DID_CHANGE_RENEWAL_STATUS", null, FIRST.at(day(5)), null);

    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
  }

  @Test
  void whatWasSaidToStandAtTheInstantOfItsRefundDoesNotReverseIt() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    shelf.told("DID_CHANGE_RENEWAL_STATUS", null, FIRST.at(day(5)), null);

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
  }

  @Test
  void recordsThatStillShowARefundDoNotTakeItsReversalBack() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);
    shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null);

    Applied lagging = shelf.read(null, FIRST.refunded(day(5)).at(day(8).plusSeconds(60)));

    assertThat(told(shelf)).isEqualTo("30+");
    assertThat(lagging.again()).isEqualTo(Shelf.NOW.plus(Duration.ofMinutes(11)));
  }

  @Test
  void aReversalIsHeardThoughRecordsThatStillShowTheRefundWereReadBefore() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);
    shelf.read(null, FIRST.refunded(day(5)).at(day(8).plusSeconds(60)));

    shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null);

    assertThat(told(shelf)).isEqualTo("30+");
  }

  @Test
  void aRefundThatOnlyTheRecordsShowCountsAtOnceIfItIsNewerThanAllThatWasTold() {
    buy();
    shelf.told("CONSUMPTION_REQUEST", null, FIRST.at(day(5)), null);
    Instant refunded = day(5).plusSeconds(60);

    Applied read = shelf.read(null, FIRST.refunded(refunded).at(day(5).plusSeconds(120)));

    assertThat(told(shelf)).isEqualTo("30-REFUND@5");
    assertThat(read.again()).isNull();
  }

  @Test
  void recordsThatDifferFromWhatWasToldForLongerThanTheyCanLagDecide() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);
    shelf.told("REFUND_REVERSED", null, FIRST.at(day(8)), null);

    Applied read = shelf.read(null, FIRST.refunded(day(5)).at(day(8).plus(Duration.ofMinutes(11))));

    assertThat(told(shelf)).startsWith("30-REFUND");
    assertThat(read.again()).isNull();
  }

  @Test
  void recordsThatLackARefundOfThisMinuteAreReadAgain() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    Applied lagging = shelf.read(null, FIRST.at(day(5).plusSeconds(60)));

    assertThat(lagging.again()).isEqualTo(Shelf.NOW.plus(Duration.ofMinutes(11)));
    assertThat(lagging.state().historyRevision()).isNull();
  }

  @Test
  void recordsThatAgreeWithWhatWasToldAreNotReadAgain() {
    buy();
    shelf.told("REFUND", null, FIRST.refunded(day(5)).at(day(5)), null);

    assertThat(shelf.read(null, FIRST.refunded(day(5)).at(day(5).plusSeconds(60))).again())
        .isNull();
  }

  @Test
  void aRefundAfterAConcludedEndThatWasTakenBackCounts() {
    buy();
    Said other = Said.bought(2, day(10), day(40));
    shelf.told("SUBSCRIBED", null, other, null);
    shelf.told("REFUND", null, FIRST.refunded(day(15)).at(day(15)), null);

    shelf.told("CONSUMPTION_REQUEST", null, FIRST.at(day(12)), null);

    assertThat(told(shelf)).isEqualTo("30-REFUND@15 40+");
  }

  private static final Said AHEAD = SECOND.at(day(29));
  private static final Said YEAR = Said.bought(3, day(29).plusSeconds(60), day(394));

  /// A renewal is charged ahead, and a year is bought before it begins.
  private void buyAYearBehindARenewal() {
    buy();
    shelf.told("DID_RENEW", AHEAD, Said.renewal(true, day(29)));
    shelf.told(
        "DID_CHANGE_RENEWAL_PREF", "UPGRADE", YEAR, Said.renewal(true, YEAR.tx().signedAt()));
  }

  @Test
  void anUpgradeIsNotHiddenByARenewalThatWasChargedAhead() {
    buyAYearBehindARenewal();

    assertThat(told(shelf)).isEqualTo("30~SUPERSEDED@29 60~SUPERSEDED@29 394+");
  }

  @Test
  void aRenewalChargedAheadThatAppleSaysWasUpgradedEndsWhereItsSuccessorWasBought() {
    buyAYearBehindARenewal();

    shelf.read(null, YEAR.at(day(30)), AHEAD.upgraded().at(day(30)), FIRST.upgraded().at(day(30)));

    assertThat(told(shelf)).isEqualTo("30-SUPERSEDED@29 60-SUPERSEDED@29 394+");
    assertThat(shelf.payment(AHEAD).revocation())
        .extracting("at")
        .isEqualTo(YEAR.tx().purchasedAt());
  }

  @Test
  void aWordAboutTheRenewalIsAboutTheUpgrade() {
    buyAYearBehindARenewal();

    shelf.told("DID_CHANGE_RENEWAL_STATUS", YEAR.at(day(31)), Said.renewal(false, day(31)));

    assertThat(told(shelf)).isEqualTo("30~SUPERSEDED@29 60~SUPERSEDED@29 394");
  }

  @Test
  void aRenewalChargedAheadStandsBesideTheUpgradeIfAppleSaysSo() {
    buyAYearBehindARenewal();

    shelf.read(null, YEAR.at(day(30)), AHEAD.at(day(30)), FIRST.upgraded().at(day(30)));

    assertThat(told(shelf)).startsWith("30-SUPERSEDED@29 60");
    assertThat(shelf.payment(AHEAD).isStanding()).isTrue();
  }

  @Test
  void aRenewalOfWhatWasUpgradedToIsNoneThatWasChargedAhead() {
    shelf.told("SUBSCRIBED", Said.bought(1, T, day(365)), Said.renewal(true, T.plusSeconds(60)));
    Said month = Said.bought(2, day(10), day(40));
    shelf.told("DID_CHANGE_RENEWAL_PREF", "UPGRADE", month, null);

    shelf.told("DID_RENEW", null, Said.bought(3, day(40), day(70)).as(Reason.RENEWAL), null);

    assertThat(told(shelf)).isEqualTo("365~SUPERSEDED@10 40 70+");
  }

  @Test
  void inWhicheverOrderARenewalChargedAheadAndItsUpgradeAreHeardOfTheRowsAreTheSame() {
    List<Snapshot> told =
        List.of(
            Shelf.notice("SUBSCRIBED", null, FIRST, Said.renewal(true, T.plusSeconds(60)), 1),
            Shelf.notice("DID_RENEW", null, AHEAD, Said.renewal(true, day(29)), 1),
            Shelf.notice(
                "DID_CHANGE_RENEWAL_PREF",
                "UPGRADE",
                YEAR,
                Said.renewal(true, YEAR.tx().signedAt()),
                1),
            Shelf.notice(
                "DID_CHANGE_RENEWAL_STATUS",
                null,
                YEAR.at(YEAR.tx().signedAt().plusSeconds(900)),
                Said.renewal(false, YEAR.tx().signedAt().plusSeconds(900)),
                1),
            Shelf.notice("CONSUMPTION_REQUEST", null, AHEAD.upgraded().at(day(33)), null, 1));

    AppleOrdersTest.permute(
        new ArrayList<>(told),
        0,
        order -> {
          Shelf other = new Shelf();
          order.forEach(other::look);
          Set<String> rows = Set.of(told(other).split(" "));
          assertThat(rows)
              .as(AppleOrdersTest.words(order))
              .containsExactlyInAnyOrder("30~SUPERSEDED@29", "60-SUPERSEDED@29", "394");
        });
  }
}
