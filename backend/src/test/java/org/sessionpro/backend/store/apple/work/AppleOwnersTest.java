package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.store.apple.AppleLife;
import org.sessionpro.backend.store.apple.Snapshot;

/// Random lives told to a real ledger in any order and repeated: the rows are the same once Alice, whose
/// token every purchase carries, has asked for them, and so is what she is entitled to
/// (`decisions-stores.md` §2.2, identical final rows).
///
/// `-Dapple.seed=N` and `-Dapple.told=N` choose the lives.
class AppleOwnersTest {
  private static final long SEED = Long.getLong("apple.seed", 20_261_127);
  private static final int LIVES = Integer.getInteger("apple.told", 6);

  @TempDir Path folder;

  /// A payment without bookkeeping.
  private record Row(
      @Nullable Instant expiry,
      @Nullable Duration grace,
      boolean renewing,
      @Nullable Revocation revocation,
      boolean owned) {
    static Row of(Payment payment) {
      return new Row(
          payment.terms().expiry(),
          payment.terms().grace(),
          payment.isRenewing(),
          payment.revocation(),
          payment.owner() != null);
    }
  }

  /// What is there in the end.
  private record End(Map<String, Row> rows, Object entitlement) {}

  private End told(Engine engine, List<Snapshot> shown) {
    try (AppleRig it = new AppleRig(engine, folder)) {
      for (Snapshot one : shown) {
        it.send(one);
        assertThat(it.work()).hasSize(1);
      }
      it.touch();
      Map<String, Row> rows = new TreeMap<>();
      it.payments().forEach(payment -> rows.put(payment.key().cycle(), Row.of(payment)));
      assertThat(it.findings()).isEmpty();
      return new End(rows, it.entitlement());
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyOrderEndsInTheSameRowsAndTheSameEntitlement(Engine engine) {
    System.out.println(LIVES + " lives on " + engine + " from seed " + SEED);
    for (int life = 0; life < LIVES; life++) {
      Random random = new Random(SEED + life);
      List<Snapshot> shown =
          AppleLife.of(random, 8).stream().filter(it -> it.notice() != null).toList();
      List<Snapshot> shuffled = new ArrayList<>(shown);
      shuffled.addAll(shown);
      Collections.shuffle(shuffled, random);

      assertThat(told(engine, shuffled)).as("seed %d", SEED + life).isEqualTo(told(engine, shown));
    }
  }
}
