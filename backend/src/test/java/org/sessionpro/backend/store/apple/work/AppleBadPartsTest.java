package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Said.day;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Said;
import org.sessionpro.protocol.TransactionId;

/// A part of what Apple answers cannot be believed: what can be is applied (`decisions-stores.md` §2.3).
@ParameterizedClass
@EnumSource(Engine.class)
class AppleBadPartsTest {
  private static final Said FIRST = Said.cycle(1).at(day(40));
  private static final Said SECOND = Said.cycle(2).at(day(40));
  private static final SignedText FORGED = new SignedText("forged");
  private static final Outcome TRIED_AGAIN =
      new Outcome.Failed(
          ErrorClass.LOGIC,
          "Apple's answer has no end, or holds something that Apple has not signed for us");

  @Parameter Engine engine;
  @TempDir Path folder;
  private AppleRig it;

  @BeforeEach
  void open() {
    it = new AppleRig(engine, folder);
    it.stands(it.standing(SECOND, Said.renewal(true, day(40))));
    it.owe(Said.ORIGINAL);
  }

  @AfterEach
  void close() {
    it.close();
  }

  /// A page of the history, with something forged at its end.
  private void forgedPage(String revision, boolean more, Said... said) {
    it.records.pages.add(
        new Answer<>(
            new AppStoreApi.HistoryPage(
                Stream.concat(
                        Stream.of(said).map(one -> it.signed.sign(one.tx())), Stream.of(FORGED))
                    .toList(),
                new AppStoreApi.Revision(revision),
                more)));
  }

  @Test
  void aForgedTransactionOfTheHistoryHoldsNothingElseUp() {
    forgedPage("1", true);
    it.page(false, FIRST);

    assertThat(it.work()).containsExactly(TRIED_AGAIN);

    assertThat(it.payments()).hasSize(2);
  }

  @Test
  void whatIsNotWhollyBelievedDoesNotCountAsCompared() {
    forgedPage("1", false, FIRST);

    it.work();

    assertThat(it.known().reconciledAt()).isNull();
    assertThat(it.known().state().historyRevision()).isNull();
  }

  @Test
  void aForgedStandingOfAnotherSubscriptionHoldsNothingElseUp() {
    it.stands(
        new AppStoreApi.Standing(new TransactionId("2000000000000077"), 1, FORGED, FORGED),
        it.standing(SECOND, Said.renewal(true, day(40))));
    it.page(false, FIRST);

    assertThat(it.work()).containsExactly(TRIED_AGAIN);

    assertThat(it.payments()).hasSize(2);
  }

  @Test
  void aHistoryThatHasNoEndIsAppliedAsFarAsItGoes() {
    it.page(true, FIRST);
    it.records.pages.add(it.records.pages.getFirst());

    assertThat(it.work()).containsExactly(TRIED_AGAIN);

    assertThat(it.payments()).hasSize(2);
    assertThat(it.records.read).hasSize(2);
  }

  @Test
  void whatStaysForgedIsParkedForSomebody() {
    forgedPage("1", false, FIRST);
    for (int attempt = 0; attempt < 36; attempt++) {
      it.work();
      it.advance(Duration.ofHours(7));
    }

    assertThat(it.parked()).isEqualTo(List.of(ParkReason.EXHAUSTED));
    assertThat(it.payments()).hasSize(2);
  }
}
