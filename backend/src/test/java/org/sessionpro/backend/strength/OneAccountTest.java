package org.sessionpro.backend.strength;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;

/// Sixteen threads on one account of one server whose clock stands still.
class OneAccountTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void someOrderExplainsWhatSixteenThreadsWereAnswered(Engine engine) throws Exception {
    RunningBackend.Options options =
        RunningBackend.Options.DEFAULT.withMaxProofs(Contest.MAX_PROOFS);
    try (MutedLog _ = MutedLog.ofRequests();
        RunningBackend backend = RunningBackend.start(engine, folder, options)) {
      // The real time, because an operator's check compares it with that of the database.
      backend.clock().moveTo(Instant.now());
      Contest contest = Contest.of(List.of(Door.of(backend)), backend.ledger(), backend.clock());

      contest.run();

      contest.assertExplained();
      contest.assertServedEverywhere(() -> backend.clock().advance(Duration.ofSeconds(1)));
      new Checkup(backend.database(), folder.resolve("data"), InstantSource.system()).assertSound();
    }
  }
}
