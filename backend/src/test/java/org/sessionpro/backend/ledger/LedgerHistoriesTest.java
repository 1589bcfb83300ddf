package org.sessionpro.backend.ledger;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;

/// Random histories through the real ledger, against the naive model and against a replay.
///
/// `-Dledger.histories=N` sets how many run on SQLite (a fifth of them on PostgreSQL),
/// `-Dledger.histories.seed=N` which.
class LedgerHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("ledger.histories", 300);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whateverTheOrderTheLedgerAgreesWithTheNaiveModelAndWithItsReplay(Engine engine) {
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
    }
  }

  private static MasterKey owner(int number) {
    byte[] bytes = ByteBuffer.allocate(32).putInt(number + 1).array();
    return new MasterKey(ByteString.of(bytes));
  }
}
