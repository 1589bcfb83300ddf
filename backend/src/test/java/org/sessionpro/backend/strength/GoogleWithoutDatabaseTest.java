package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.store.google.work.NotificationPull.Pulled;
import org.sessionpro.backend.store.google.work.WorkRig;
import org.sessionpro.protocol.PurchaseToken;

/// Scenario 43 of `google-play.md` §12.3 with a PostgreSQL server that is stopped while a notification
/// arrives. It takes seconds, so only long runs play it.
@EnabledIfSystemProperty(named = "scenarios.full", matches = "true")
class GoogleWithoutDatabaseTest {
  private static final int MOST_TRIES = 5;

  @TempDir private Path folder;

  @Test
  void aNotificationThatCannotBeKeptIsGivenBackAndKeptOnceTheDatabaseIsThere() {
    try (MutedLog _ = MutedLog.ofFaults();
        RestartablePostgres postgres = new RestartablePostgres(folder.resolve("postgres"));
        WorkRig it = new WorkRig(postgres.url(), folder)) {
      PurchaseToken token = it.google().buy(WorkRig.ALICE);

      postgres.stop();
      Pulled without = it.pull().once();
      postgres.start();

      assertThat(without.fault()).isNotNull();
      assertThat(without.kept()).isZero();
      assertThat(it.google().unacknowledgedMessages()).isEqualTo(1);

      awaitDelivery(it);
      it.settle();

      assertThat(it.payments(token)).hasSize(1);
      assertThat(it.owed()).isEmpty();
      assertThat(it.google().unacknowledgedMessages()).isZero();
    }
  }

  /// The first to ask may still be given a connection that was lost.
  private static void awaitDelivery(WorkRig it) {
    int kept = 0;
    for (int i = 0; i < MOST_TRIES && kept == 0; i++) {
      it.google().advance(Duration.ofMinutes(11));
      kept = it.pull().once().kept();
    }
    assertThat(kept).isEqualTo(1);
  }
}
