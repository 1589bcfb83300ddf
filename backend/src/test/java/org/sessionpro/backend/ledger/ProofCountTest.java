package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.T;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.ProofCounters;

/// The statement that counts proofs says what the rule says (`entitlement.md` §9.4).
class ProofCountTest {
  private static final int ISSUES = 400;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void theStatementCountsAsTheRuleDoes(Engine engine) {
    long seed = Long.getLong("proof.counts.seed", 20_261_126);
    System.out.printf("%d proofs counted on %s from seed %d%n", ISSUES, engine, seed);
    Random random = new Random(seed);
    try (LedgerFixture it = new LedgerFixture(engine, folder)) {
      it.voucher(ALICE, 30, T);
      Account account = it.account(ALICE);
      ProofCounters expected = ProofCounters.NONE;
      Instant ts = T;
      for (int i = 0; i < ISSUES; i++) {
        // Requests come by their own clocks, so time may also step back a little.
        ts =
            ts.plus(Duration.ofMinutes(random.nextLong(600) - 30)).plusNanos(random.nextInt(9_999));
        long limit = 1 + random.nextLong(30);
        Instant stored = Micros.floor(ts);
        Optional<ProofCounters> counted =
            expected.issue(stored, account.entitlement().expiry(), limit);

        boolean allowed = it.ledger.countProof(ALICE, account, ts, limit);

        assertThat(allowed).as("issue %d", i).isEqualTo(counted.isPresent());
        expected = counted.orElse(expected);
        assertThat(it.account(ALICE).counters()).as("issue %d", i).isEqualTo(expected);
      }
    }
  }
}
