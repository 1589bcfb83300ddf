package org.sessionpro.bench.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;

/// One database, filled once for all tests here.
class FillerTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Population POPULATION = new Population(42, 300);
  private static final int REVOKED = 350;
  private static final AtomicInteger MADE = new AtomicInteger();

  @TempDir private static Path directory;
  private static DatabaseUrl database = new DatabaseUrl.Sqlite(Path.of("pro.db"));

  @BeforeAll
  static void fill() throws InterruptedException {
    database = new DatabaseUrl.Sqlite(directory.resolve("pro.db"));
    Filler filler = new Filler(database, POPULATION, CRYPTO, NOW);
    filler.fill(_ -> MADE.incrementAndGet());
    filler.revoke(REVOKED);
  }

  @Test
  void everyAccountIsThere() {
    try (Ledger ledger = open()) {
      assertThat(IntStream.range(0, POPULATION.size()).mapToObj(FillerTest::owner))
          .allSatisfy(owner -> assertThat(ledger.account(owner)).isPresent());
    }
    assertThat(MADE).hasValue(POPULATION.size());
  }

  @Test
  void accountsThatAreSaidToGetProofsAreActiveForAWeek() {
    Instant week = NOW.plus(Duration.ofDays(7));
    try (Ledger ledger = open()) {
      assertThat(POPULATION.sampleProvable(POPULATION.size()).mapToObj(FillerTest::owner))
          .isNotEmpty()
          .allSatisfy(owner ->
              assertThat(account(ledger, owner).isActiveAt(week, RenewalAllowance.DEFAULT))
                  .isTrue());
    }
  }

  @Test
  void otherAccountsHaveEndedAndOnlyRefundedOnesAreRevoked() {
    try (Ledger ledger = open()) {
      assertThat(IntStream.range(0, POPULATION.size()))
          .filteredOn(index -> !POPULATION.course(index).isProvable())
          .isNotEmpty()
          .allSatisfy(index -> {
            Account account = account(ledger, owner(index));
            assertThat(account.isActiveAt(NOW, RenewalAllowance.DEFAULT)).isFalse();
            assertThat(account.generation().isRevoked())
                .isEqualTo(POPULATION.course(index) == Course.REFUNDED);
          });
    }
  }

  @Test
  void theRevocationListHasExactlyAsManyEntriesAsWereAskedForAlsoAboveTheNumberOfAccounts() {
    try (Ledger ledger = open()) {
      assertThat(ledger.revocations(NOW, RevocationSnapshot.RETENTION).revoked())
          .hasSize(REVOKED)
          .allSatisfy(entry -> assertThat(entry.recordedAt()).isBeforeOrEqualTo(NOW));
    }
  }

  @Test
  void somePaymentsHaveALongPastAndNoneLiesInTheFuture() {
    try (Ledger ledger = open()) {
      List<Ledger.History> histories =
          IntStream.range(0, POPULATION.size())
              .mapToObj(index -> ledger.page(owner(index), null, 100, NOW).orElseThrow())
              .toList();

      assertThat(histories).anyMatch(history -> history.total() > 12);
      assertThat(histories).anyMatch(history -> history.total() == 1);
      assertThat(histories.stream().flatMap(history -> history.payments().stream()))
          .extracting(RegisteredPayment::purchasedAt)
          .allMatch(purchased -> !purchased.isAfter(NOW));
    }
  }

  private static Account account(Ledger ledger, MasterKey owner) {
    return ledger.account(owner).orElseThrow();
  }

  private static MasterKey owner(int index) {
    return new MasterKey(CRYPTO.signingKey(POPULATION.masterSeed(index)).publicKey());
  }

  private static Ledger open() {
    return Ledger.open(database, RenewalAllowance.DEFAULT, new SecureRandom());
  }
}
