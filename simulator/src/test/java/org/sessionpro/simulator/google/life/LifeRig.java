package org.sessionpro.simulator.google.life;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;
import org.sessionpro.simulator.script.Span;

/// A simulator in this process whose customers live by chance.
final class LifeRig {
  private static final Instant T = Instant.parse("2026-01-31T10:00:00.250Z");
  private static final String ADVANCE = "advance ";
  private static final Crypto CRYPTO = Crypto.selfTested();

  final SimulatedClock clock = new SimulatedClock(T);
  final GoogleSimulator google;
  final RandomLife life;
  final Observer observer = new Observer();
  private final ScriptRunner.Session session;
  private final ScriptParser parser = new ScriptParser(List.of(new GoogleVocabulary()));

  LifeRig(RandomLife.Kind kind, Quirk... quirks) {
    google =
        new GoogleSimulator(
            GoogleSettings.ofSeed(kind.seed()).with(Set.of(quirks)), clock, InstantSource.system());
    ScriptRunner runner =
        new ScriptRunner(clock, List.of(google.stage()), new AttentiveServer(store()), CRYPTO);
    session = runner.open("life " + kind.seed());
    life = new RandomLife(google, session, kind);
  }

  /// Plays a statement of a life that was lived before.
  void play(String statement) {
    session.play(parser.parseLine(statement));
  }

  /// Plays a statement of a life that was lived before, and lets the observer read after each change
  /// that it brings about.
  void replay(String statement) {
    if (statement.startsWith(ADVANCE)) {
      Span span = Span.parse(statement.substring(ADVANCE.length()));
      Instant target = span.after(clock.instant());
      for (Optional<Instant> due = dueBy(target); due.isPresent(); due = dueBy(target)) {
        clock.forwardTo(due.get());
        observer.readAll(store());
      }
      clock.forwardTo(target);
    } else {
      play(statement);
    }
    observer.readAll(store());
  }

  private Optional<Instant> dueBy(Instant target) {
    return store().nextDue().filter(due -> !due.isAfter(target));
  }

  PlayStore store() {
    return google.store();
  }

  Truth truth() {
    return Truth.of(store(), google.reads());
  }
}
