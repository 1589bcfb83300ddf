package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Said.day;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;
import org.sessionpro.backend.store.apple.Said;

/// How much of Apple's history is read, how often, and what is missing from it (`app-store.md` §3 rule 3,
/// §6.2, §6.3; `decisions-stores.md` §2.3).
class AppleHistoryTest extends AppleItemsTest {
  /// The records show this now, and nothing else.
  private void shows(Said... cycles) {
    it.stands(cycles[cycles.length - 1], it.now());
    it.records.pages.clear();
    it.page(false, Stream.of(cycles).map(one -> one.at(it.now())).toArray(Said[]::new));
  }

  private boolean isFirstStanding() {
    return it.payments().getFirst().isStanding();
  }

  private void haveReadTheFirst() {
    it.stands(FIRST, day(9));
    it.page(false, FIRST.at(day(9)));
    it.announce();
    it.work();
    it.stands(SECOND, day(50));
    it.records.read.clear();
  }

  @Test
  void ofWhatIsAnnouncedOnlyTheNewPartOfTheHistoryIsRead() {
    haveReadTheFirst();
    it.page(false, SECOND.at(day(50)));
    it.announce();

    try (AppStoreLog log = new AppStoreLog()) {
      assertThat(it.work()).containsExactly(new Outcome.Done());
      assertThat(log.at(Level.ERROR)).isEmpty();
    }

    assertThat(it.records.read).containsExactly(Optional.of(new Revision("1")));
    assertThat(it.payments()).hasSize(2);
    assertThat(it.known().state().historyRevision()).isEqualTo("2");
    assertThat(it.known().reconciledAt()).isEqualTo(it.now());
  }

  @Test
  void whatNobodyAnnouncedIsReadFromTheBeginning() {
    haveReadTheFirst();
    it.owe(Said.ORIGINAL);

    it.work();

    assertThat(it.records.read).containsExactly(Optional.empty());
  }

  @Test
  void aHistoryThatAppleRefusesToGoOnWithIsReadFromTheBeginning() {
    haveReadTheFirst();
    it.records.pages.add(new Refused<>(400, "4000005"));
    it.announce();
    it.work();
    it.advance(Duration.ofMinutes(2));

    assertThat(it.work()).containsExactly(new Outcome.Done());

    assertThat(it.records.read).containsExactly(Optional.of(new Revision("1")), Optional.empty());
  }

  @Test
  void whatAnEndWasConcludedFromIsReadFromTheBeginning() {
    haveReadTheFirst();
    it.send("SUBSCRIBED", Said.bought(2, day(10), day(40)), Said.renewal(true, day(50)));
    it.work();
    assertThat(isFirstStanding()).isFalse();
    it.records.pages.clear();
    it.page(false, FIRST.at(day(50)), Said.bought(2, day(10), day(40)).at(day(50)));
    it.announce();

    it.work();

    assertThat(it.records.read).containsExactly(Optional.empty());
    assertThat(isFirstStanding()).isTrue();
  }

  @Test
  void fromTheNewPartAloneNothingIsConcludedAndTheWholeIsReadAtOnce() {
    haveReadTheFirst();
    it.page(false, Said.bought(2, day(10), day(40)).at(day(50)));
    it.announce();
    assertThat(it.work()).singleElement().isInstanceOf(Outcome.Again.class);
    assertThat(isFirstStanding()).isTrue();
    it.records.pages.clear();
    it.page(false, FIRST.at(day(50)), Said.bought(2, day(10), day(40)).at(day(50)));

    it.work();

    assertThat(it.records.read).containsExactly(Optional.of(new Revision("1")), Optional.empty());
    assertThat(isFirstStanding()).isTrue();
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void anEndThatWasConcludedIsLookedAtAgainWhenTheRecordsCannotLackWhatDecides() {
    Said running = Said.bought(1, day(90), day(120));
    Said another = Said.bought(2, it.now(), day(130));
    shows(running, another);
    it.owe(Said.ORIGINAL);

    Outcome again =
        new Outcome.Again(
            it.now().plus(Duration.ofMinutes(11)), "the records may be from before a change");
    assertThat(it.work()).containsExactly(again);
    assertThat(isFirstStanding()).isFalse();
    it.advance(Duration.ofMinutes(11));
    shows(running, another);

    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(isFirstStanding()).isTrue();
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void anEndThatWasConcludedIsLookedAtAgainOnlyOnce() {
    shows(Said.bought(1, day(90), day(120)), Said.bought(2, it.now(), day(130)));
    it.owe(Said.ORIGINAL);
    it.work();
    it.advance(Duration.ofMinutes(11));

    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(isFirstStanding()).isFalse();
  }

  @Test
  void anEndThatAppleStatesIsNotLookedAtAgain() {
    shows(Said.bought(1, day(90), day(120)).upgraded(), Said.bought(2, it.now(), day(130)));
    it.owe(Said.ORIGINAL);

    assertThat(it.work()).containsExactly(new Outcome.Done());
  }

  @Test
  void aCycleThatIsMissingFromTheHistoryIsToldOfOnceADay() {
    it.send("SUBSCRIBED", FIRST, Said.renewal(true, day(1)));
    it.work();
    try (AppStoreLog log = new AppStoreLog()) {
      for (int look = 0; look < 3; look++) {
        shows(SECOND);
        it.owe(Said.ORIGINAL);
        it.work();
        it.advance(Duration.ofHours(10));
      }
      assertThat(log.at(Level.ERROR)).hasSize(1);

      shows(SECOND);
      it.owe(Said.ORIGINAL);
      it.work();

      assertThat(log.at(Level.ERROR)).hasSize(2);
    }
  }
}
