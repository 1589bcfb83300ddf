package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ScriptRunner;
import org.slf4j.LoggerFactory;

/// Nothing that identifies a person or a purchase is logged at any level (`operator-v1.md` §5): lives by
/// chance in both stores, with proofs in between, and every line about them.
///
/// `-Dleaks.lines=N` goes on until so many lines were read, `-Dleaks.seed=N` begins with another seed.
@ExtendWith(NativeSignatures.class)
class LogLeakTest {
  private static final int LINES = Integer.getInteger("leaks.lines", 300);
  private static final long SEED = Long.getLong("leaks.seed", 20_261_127L);
  private static final int PARTS = 3;
  private static final int EVENTS = 4;

  @TempDir private Path folder;

  @Test
  void noLineNamesAPersonOrAPurchase() {
    EmptyDatabases databases = new EmptyDatabases(folder);
    List<String> leaks = new ArrayList<>();
    int read = 0;
    int lives = 0;
    try (LeakScan scan = new LeakScan()) {
      while (read < LINES) {
        Set<String> secrets = live(databases, SEED + lives++);
        read += scan.heard();
        leaks.addAll(scan.leaks(secrets));
      }
    }
    System.out.printf(
        "logged lines: %d of %d lives from seed %d, leaks: %d%n", read, lives, SEED, leaks.size());

    assertThat(leaks.stream().limit(3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the key 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "order GPA.1234-5678",
        "signed eyJhbGciOiJFUzI1NiJ9.e30.x",
        "sig xkWoKlrAIZ0y9bK1Jg5Uq4gkfGDT5p0Ke7h5m2RZ8oYvJdZ5oLxJ1h8Q3b+R/gkMn7c0wL2pX4tB6sV9aE3fDg==",
        "sig xkWoKlrAIZ0y9bK1Jg5Uq4gkfGDT5p0Ke7h5m2RZ8oYvJdZ5oLxJ1h8Q3b-R_gkMn7c0wL2pX4tB6sV9aE3fDg",
        "token known-secret.",
        "TOKEN KNOWN-SECRET",
        "[known-secret]"
      })
  void theScanFindsWhatItLooksFor(String line) {
    try (LeakScan scan = new LeakScan()) {
      LoggerName.BACKEND.logger().debug("{}", line);

      assertThat(scan.leaks(Set.of("known-secret"))).containsExactly(line);
    }
  }

  @Test
  void theScanHearsLibraries() {
    try (LeakScan scan = new LeakScan()) {
      LoggerFactory.getLogger("org.example.Library").warn("the order known-secret");

      assertThat(scan.leaks(Set.of("known-secret"))).hasSize(1);
    }
  }

  @Test
  void theScanLeavesAloneWhatIsMasked() {
    try (LeakScan scan = new LeakScan()) {
      LoggerName.BACKEND.logger().info("bound: token:0123456789 order:abcdef0123");

      assertThat(scan.heard()).isOne();
      assertThat(scan.leaks(Set.of("known-secret"))).isEmpty();
    }
  }

  /// Lives one life in both stores.
  ///
  /// @return its secrets
  private Set<String> live(EmptyDatabases databases, long seed) {
    try (Workplace at = new Workplace(Workplace.Stores.BOTH, databases.next(), folder, seed)) {
      ScriptRunner.Session session = at.runner(StoreProvider.GOOGLE).open("life " + seed);
      var google =
          new org.sessionpro.simulator.google.life.RandomLife(
              at.google(),
              session,
              new org.sessionpro.simulator.google.life.RandomLife.Kind(seed, 1, seed % 3 != 0));
      var apple =
          new org.sessionpro.simulator.apple.life.RandomLife(
              at.apple(),
              at.runner(StoreProvider.APPLE).open("life " + seed),
              new org.sessionpro.simulator.apple.life.RandomLife.Kind(seed, 1, seed % 3 != 0));
      for (int part = 0; part < PARTS; part++) {
        google.live(EVENTS);
        at.settle();
        apple.live(EVENTS);
        session.scene().buyers().forEach(at::askForProof);
      }
      apple.end();
      google.end();
      Set<String> secrets = at.database().read(LeakScan::stored);
      for (Buyer buyer : session.scene().buyers()) {
        secrets.add(buyer.key().bytes().hex());
      }
      return secrets;
    }
  }
}
