package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Said.day;

import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Said;

/// What is nobody's, what no map names, and what nobody vouches for, on real databases
/// (`app-store.md` §2.4, `decisions-stores.md` §2.1, §2.3).
class AppleStrangersTest extends AppleItemsTest {

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
}
