package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.store.apple.Said;

/// Apple's records are behind what Apple has told (`app-store.md` §6.3): what is looked at again, and when.
@ParameterizedClass
@EnumSource(Engine.class)
class AppleLagTest {
  private static final Duration AGAIN = Duration.ofMinutes(11);

  @Parameter Engine engine;
  @TempDir Path folder;
  private AppleRig it;
  private Said running;

  @BeforeEach
  void open() {
    it = new AppleRig(engine, folder);
    running =
        Said.bought(1, it.now().minus(Duration.ofDays(5)), it.now().plus(Duration.ofDays(25)));
    told("SUBSCRIBED", running);
    it.advance(Duration.ofHours(5));
  }

  @AfterEach
  void close() {
    it.close();
  }

  private void told(String type, Said said) {
    it.send(type, said.at(it.now()), Said.renewal(true, it.now()));
    it.work();
  }

  private void show(Said said) {
    it.records.pages.clear();
    it.stands(it.standing(said.at(it.now()), Said.renewal(true, it.now())));
    it.page(false, said.at(it.now()));
  }

  private Instant end() {
    return Objects.requireNonNull(it.payments().getFirst().termEnd());
  }

  @Test
  void recordsThatAreBehindAReversalAreReadAgainUntilTheyAreNot() {
    Said refunded = running.refunded(it.now());
    told("REFUND", refunded);
    it.advance(Duration.ofDays(1));
    told("REFUND_REVERSED", running);
    it.advance(Duration.ofSeconds(30));
    show(refunded);
    it.announce();

    assertThat(it.work())
        .containsExactly(
            new Outcome.Again(it.now().plus(AGAIN), "the records may be from before a change"));
    assertThat(it.payments().getFirst().isStanding()).isTrue();
    it.advance(AGAIN);
    show(running);

    assertThat(it.work()).containsExactly(new Outcome.Done());
    assertThat(it.payments().getFirst().isStanding()).isTrue();
  }

  @Test
  void whatTheRecordsStillSayLongAfterANotificationCounts() {
    told("RENEWAL_EXTENDED", running.until(end().plus(Duration.ofDays(14))));
    Instant extended = end();
    it.advance(Duration.ofSeconds(30));
    show(running);
    it.announce();
    it.work();
    assertThat(end()).isEqualTo(extended);

    it.advance(AGAIN);
    show(running);
    it.work();

    assertThat(end()).isEqualTo(running.tx().expiresAt());
    assertThat(it.owed()).isEmpty();
  }

  @Test
  void theLookAfterwardsBeginsAtTheBeginning() {
    show(running);
    it.announce();
    it.work();
    told("RENEWAL_EXTENDED", running.until(end().plus(Duration.ofDays(14))));
    it.records.read.clear();
    it.records.pages.add(it.records.pages.getFirst());
    it.announce();
    it.work();
    it.advance(AGAIN);

    it.work();

    assertThat(it.records.read).hasSize(2);
    assertThat(it.records.read.getLast()).isEmpty();
  }

  @Test
  void aNotificationThatOverrulesRecordsWhichWereReadSinceHasThemReadOnceMore() {
    Said extended = running.until(end().plus(Duration.ofDays(14))).at(it.now());
    it.advance(Duration.ofSeconds(30));
    show(running);
    it.announce();
    it.work();

    it.send("RENEWAL_EXTENDED", extended, Said.renewal(true, extended.tx().signedAt()));
    it.work();

    assertThat(end()).isEqualTo(extended.tx().expiresAt());
    assertThat(it.owed()).hasSize(1);
  }

  @Test
  void aNotificationThatTheRecordsBearOutAsksForNothing() {
    Said extended = running.until(end().plus(Duration.ofDays(14))).at(it.now());
    it.advance(Duration.ofSeconds(30));
    show(extended);
    it.announce();
    it.work();

    it.send("RENEWAL_EXTENDED", extended, Said.renewal(true, extended.tx().signedAt()));
    it.work();

    assertThat(it.owed()).isEmpty();
  }
}
