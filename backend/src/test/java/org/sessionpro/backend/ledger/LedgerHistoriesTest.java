package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RandomHistory;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;

/// Random histories through the real ledger, against the naive model, a replay, their explanations
/// and a check of the whole ledger.
///
/// `-Dledger.histories=N` sets how many run on SQLite (a fifth of them on PostgreSQL),
/// `-Dledger.histories.seed=N` which.
class LedgerHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("ledger.histories", 300);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whateverTheOrderTheLedgerAgreesWithTheNaiveModelItsReplayAndItsExplanations(Engine engine) {
    int count =
        switch (engine) {
          case SQLITE -> HISTORIES;
          case POSTGRESQL -> HISTORIES / 5;
        };
    long first = Long.getLong("ledger.histories.seed", 20_261_123);
    System.out.printf("%d ledger histories on %s from seed %d%n", count, engine, first);
    try (LedgerFixture it = new LedgerFixture(engine, folder)) {
      for (int i = 0; i < count; i++) {
        new LedgerLife(it, owner(i), new Random(first + i), "seed " + (first + i)).run();
      }
      assertThat(findings(it)).isEmpty();
    }
  }

  /// What a check of the whole ledger finds, long after the last history. The database's own clock is
  /// no part of the histories.
  private static List<Finding> findings(LedgerFixture it) {
    Instant end = RandomHistory.START.plus(Duration.ofDays(10_000));
    CollectedFindings observer = new CollectedFindings();
    it.ledger
        .audit(RenewalAllowance.DEFAULT)
        .run(new AuditScope.All(), () -> end, new Random(1), observer);
    return observer.findings().stream()
        .filter(finding -> finding.category() != Finding.Category.CLOCK)
        .toList();
  }

  private static MasterKey owner(int number) {
    byte[] bytes = ByteBuffer.allocate(32).putInt(number + 1).array();
    return new MasterKey(ByteString.of(bytes));
  }
}
