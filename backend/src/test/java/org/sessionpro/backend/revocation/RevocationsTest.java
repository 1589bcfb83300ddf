package org.sessionpro.backend.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.simulator.SimulatedClock;

/// Two processes on one database: what one revokes, the other serves (`wire-v1.md` §11).
@ParameterizedClass
@EnumSource(Engine.class)
class RevocationsTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration LAG = Duration.ofSeconds(5);
  private static final Duration RETENTION = Duration.ofDays(31);
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);
  private static final MasterKey ALICE = new MasterKey(ByteString.fromHex("a1".repeat(32)));

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private Ledger there;
  private FailingDatabase database;
  private Revocations here;

  @BeforeEach
  void open() {
    DatabaseUrl url = engine.empty(folder);
    there = ledger(new FailingDatabase(Databases.open(url)));
    database = new FailingDatabase(Databases.open(url));
    new VoucherMint(there).mint(ALICE, new Plan("1y"), Duration.ofDays(365), T);
    here = new Revocations(ledger(database), clock);
  }

  private static Ledger ledger(FailingDatabase database) {
    return new Ledger(
        database, Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom())));
  }

  @AfterEach
  void close() {
    there.close();
    database.close();
  }

  /// Revokes in the other process.
  private RevocationTag revoke(Instant at) {
    RevocationTag tag = there.account(ALICE).orElseThrow().generation().tag();
    assertThat(there.revoke(ALICE, "test", at)).isTrue();
    return tag;
  }

  @Test
  void nothingRevokedIsAnEmptyListOfTicketZero() {
    assertThat(here.current())
        .isEqualTo(new RevocationSnapshot(Ticket.ZERO, List.of(), Instant.MAX));
  }

  @Test
  void aRevocationOfAnotherProcessIsServedWithinFiveSeconds() {
    here.current();
    RevocationTag tag = revoke(T);
    clock.advance(LAG);

    RevocationSnapshot served = here.current();
    assertThat(served.ticket()).isEqualTo(new Ticket(T.getEpochSecond()));
    assertThat(served.entries()).containsExactly(new RevokedTag(tag, T));
  }

  @Test
  void theTicketIsAskedForAtMostOnceASecond() {
    int before = database.asked;
    clock.advance(Duration.ofSeconds(1));
    here.current();
    clock.advance(Duration.ofMillis(999));
    here.current();
    assertThat(database.asked).isEqualTo(before + 1);
  }

  @Test
  void anUnmovedTicketKeepsTheList() {
    RevocationSnapshot before = here.current();
    clock.advance(LAG);
    assertThat(here.current()).isSameAs(before);
  }

  @Test
  void aSecondRevocationInTheSameSecondIsServedToo() {
    revoke(T);
    clock.advance(Duration.ofSeconds(1));
    assertThat(here.current().entries()).hasSize(1);
    revoke(T);
    clock.advance(Duration.ofSeconds(1));

    assertThat(here.current().entries()).hasSize(2);
    assertThat(here.current().ticket()).isEqualTo(new Ticket(T.getEpochSecond() + 1));
  }

  @Test
  void entriesAreInTheOrderOfTheirTags() {
    for (int i = 0; i < 8; i++) {
      revoke(T.plusSeconds(i));
    }
    clock.advance(LAG);
    assertThat(here.current().entries())
        .hasSize(8)
        .extracting(entry -> entry.tag().hex())
        .isSorted();
  }

  @Test
  void anEntryIsListedToTheLastMicrosecondAndNoLonger() {
    revoke(T);
    clock.moveTo(T.plus(RETENTION).minus(MICROSECOND));
    RevocationSnapshot listed = here.current();
    clock.advance(MICROSECOND);

    assertThat(listed.entries()).hasSize(1);
    assertThat(here.current().entries()).isEmpty();
  }

  @Test
  void anEntryThatRunsOutMovesNoTicket() {
    revoke(T);
    clock.advance(LAG);
    Ticket before = here.current().ticket();
    clock.moveTo(T.plus(RETENTION));
    assertThat(here.current().ticket()).isEqualTo(before);
  }

  @Test
  void onlyWhatHasRunOutLeavesTheList() {
    revoke(T);
    RevocationTag later = revoke(T.plusSeconds(1));
    clock.moveTo(T.plus(RETENTION));
    assertThat(here.current().entries()).containsExactly(new RevokedTag(later, T.plusSeconds(1)));
  }

  @Test
  void anEntryThatRanOutIsListedAgainWhenTheClockIsSetBack() {
    RevocationTag tag = revoke(T);
    clock.moveTo(T.plus(RETENTION));
    assertThat(here.current().entries()).isEmpty();
    clock.advance(Duration.ofHours(-1));
    assertThat(here.current().entries()).containsExactly(new RevokedTag(tag, T));
  }

  @Test
  void aClockSetBackDoesNotHideARevocation() {
    here.current();
    revoke(T);
    clock.advance(Duration.ofHours(-1));
    assertThat(here.current().entries()).hasSize(1);
  }

  @Test
  void whatHasNotChangedIsTheSameListAfterTheClockWasSetBack() {
    revoke(T);
    clock.advance(LAG);
    RevocationSnapshot before = here.current();
    clock.advance(Duration.ofHours(-1));
    assertThat(here.current()).isSameAs(before);
  }

  @Test
  void theLastListIsServedWhileTheDatabaseFails() {
    RevocationSnapshot last = here.current();
    revoke(T);
    database.fail(true);
    clock.advance(Duration.ofMinutes(5));
    assertThat(here.current()).isSameAs(last);
  }

  @Test
  void aListOlderThanFiveMinutesIsNotServedWhileTheDatabaseFails() {
    database.fail(true);
    clock.advance(Duration.ofMinutes(5).plus(MICROSECOND));
    assertThatThrownBy(here::current).hasMessageContaining(T.toString());
  }

  @Test
  void theAgeOfTheListIsThatOfTheLastAnswerNotOfTheLastAttempt() {
    database.fail(true);
    for (int minute = 1; minute <= 5; minute++) {
      clock.advance(Duration.ofMinutes(1));
      here.current();
    }
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(here::current).hasMessageContaining(T.toString());
  }

  @Test
  void aFailingDatabaseIsAskedAtMostOnceASecond() {
    database.fail(true);
    clock.advance(Duration.ofMinutes(1));
    int before = database.asked;
    for (int i = 0; i < 10; i++) {
      here.current();
    }
    assertThat(database.asked).isEqualTo(before + 1);
  }

  @Test
  void pollsThatFailAskAtMostOnceASecondToo() {
    database.fail(true);
    clock.advance(Duration.ofHours(1));
    int before = database.asked;
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(here::current).isNotNull();
    }
    assertThat(database.asked).isEqualTo(before + 1);
  }

  @Test
  void theListIsUpToDateWithinFiveSecondsOfTheEndOfAnOutage() {
    database.fail(true);
    clock.advance(Duration.ofHours(1));
    assertThatThrownBy(here::current).isNotNull();
    RevocationTag tag = revoke(clock.instant());
    database.fail(false);
    clock.advance(LAG);
    assertThat(here.current().entries()).extracting(RevokedTag::tag).containsExactly(tag);
  }

  @Test
  void entriesRunOutWhileTheDatabaseFails() {
    revoke(T);
    clock.moveTo(T.plus(RETENTION).minusSeconds(60));
    assertThat(here.current().entries()).hasSize(1);
    database.fail(true);
    clock.advance(Duration.ofSeconds(60));
    assertThat(here.current().entries()).isEmpty();
  }

  @Test
  void whatRanOutInAnOutageIsListedAgainIfTheClockWasSetBackInIt() {
    revoke(T);
    clock.moveTo(T.plus(RETENTION).minusSeconds(60));
    here.current();
    database.fail(true);
    clock.advance(Duration.ofSeconds(60));
    here.current();
    clock.advance(Duration.ofSeconds(-30));
    here.current();
    database.fail(false);
    clock.advance(Duration.ofSeconds(10));
    assertThat(here.current().entries()).hasSize(1);
  }

  @Test
  void anOutageThatChangedNothingLeavesTheSameList() {
    revoke(T);
    clock.advance(LAG);
    RevocationSnapshot before = here.current();
    database.fail(true);
    clock.advance(LAG);
    here.current();
    database.fail(false);
    clock.advance(LAG);
    assertThat(here.current()).isSameAs(before);
  }

  @Test
  void aFailingDatabaseDoesNotLetAServerStart() {
    database.fail(true);
    assertThatThrownBy(() -> new Revocations(ledger(database), clock)).hasMessage("out of order");
  }
}
