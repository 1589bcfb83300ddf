package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Said.day;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.Said;
import org.sessionpro.backend.store.apple.SignedData.Chain;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// What is nobody's, what no map names, and what nobody vouches for, on real databases
/// (`app-store.md` §2.4, `decisions-stores.md` §2.1, §2.3).
class AppleStrangersTest extends AppleItemsTest {
  private static final TransactionId ONCE = new TransactionId("2000000000000777");

  private void aliceHasTheFirst() {
    it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
    it.work();
    it.touch();
  }

  @Test
  void aPurchaseAfterALapseThatNamesNobodyIsCounted() {
    aliceHasTheFirst();
    it.send("DID_CHANGE_RENEWAL_STATUS", FIRST.at(day(20)), Said.renewal(false, day(20)));
    it.work();

    it.send("SUBSCRIBED", Said.bought(2, day(50), day(80)).by(null), Said.renewal(true, day(50)));
    it.work();

    assertThat(it.found(Matter.UNATTRIBUTED)).isOne();
  }

  @Test
  void whatNamesNobodyAndContinuesWhatHasAnOwnerIsNotCounted() {
    aliceHasTheFirst();

    it.send("DID_RENEW", SECOND.by(null), Said.renewal(true, day(31)));
    it.work();

    assertThat(it.payments().getLast().owner()).isNotNull();
    assertThat(it.found(Matter.UNATTRIBUTED)).isZero();
  }

  /// The history of the subscription shows something else that its customer bought, once.
  private void showSomethingBoughtOnce() {
    it.stands(FIRST, day(40));
    it.page(false, FIRST.at(day(40)), SECOND.of(ONCE).once("pro.unknown").at(day(40)));
  }

  @Test
  void whatIsNotMappedIsParkedThoughItIsSeenBesideASubscriptionOnly() {
    showSomethingBoughtOnce();
    it.owe(Said.ORIGINAL);

    assertThat(it.work()).containsExactly(new Outcome.Done());
    it.work();

    assertThat(it.payments()).hasSize(1);
    assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_PRODUCT);
    assertThat(it.owed()).singleElement().extracting("item.key").isEqualTo(ONCE.value());
  }

  @Test
  void whatIsParkedIsLeftAloneByFurtherLooksAtTheSubscription() {
    showSomethingBoughtOnce();
    it.owe(Said.ORIGINAL);
    it.work();
    it.work();

    it.owe(Said.ORIGINAL);

    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(it.work()).isEmpty();
  }

  @Test
  void whatWasSeenBesideASubscriptionIsGrantedOnceItIsMapped() {
    showSomethingBoughtOnce();
    it.owe(Said.ORIGINAL);
    it.work();
    it.work();

    it.restart(
        new Products(Said.PRODUCTS.terms(), Map.of(new ProductId("pro.unknown"), new Plan("30d"))),
        "pro.unknown");
    it.work();

    assertThat(it.owed()).isEmpty();
    assertThat(it.rooms().subscriptions().shownBy(SECOND.tx().names().transaction())).isPresent();
  }

  @Test
  void aPartOfTheRecordsWithARevokedCertificateIsParkedThoughTheRestFailed() {
    it.stands(SECOND, day(40));
    it.records.pages.add(new TryLater<>(Trouble.UNAVAILABLE));
    it.signed.chain = Chain.REVOKED;
    it.owe(Said.ORIGINAL);

    it.work();

    assertThat(it.parked()).containsExactly(ParkReason.VERIFICATION);
  }
}
