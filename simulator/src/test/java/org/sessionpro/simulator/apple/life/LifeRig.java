package org.sessionpro.simulator.apple.life;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleKeys;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.script.AppleVocabulary;
import org.sessionpro.simulator.google.script.IdleServer;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;

/// A simulator in this process whose customers live by chance.
final class LifeRig {
  private static final Instant T = Instant.parse("2026-01-31T10:00:00.250Z");
  private static final Crypto CRYPTO = Crypto.selfTested();

  /// Shared, for they take long to make.
  private static final AppleKeys KEYS = AppleKeys.generate(InstantSource.system());

  final SimulatedClock clock = new SimulatedClock(T);
  final AppleSimulator apple;
  final RandomLife life;
  final Listener listener = new Listener();
  private final ScriptRunner.Session session;
  private final ScriptParser parser = new ScriptParser(List.of(new AppleVocabulary()));

  LifeRig(RandomLife.Kind kind) {
    apple =
        new AppleSimulator(AppleSettings.ofSeed(kind.seed()), clock, InstantSource.system(), KEYS);
    apple.delivery().deliverTo(listener);
    ScriptRunner runner = new ScriptRunner(clock, List.of(apple.stage()), new IdleServer(), CRYPTO);
    session = runner.open("life " + kind.seed());
    life = new RandomLife(apple, session, kind);
  }

  /// Plays a statement of a life that was lived before.
  void play(String statement) {
    session.play(parser.parseLine(statement));
  }

  Truth truth() {
    return Truth.of(apple.store());
  }
}
