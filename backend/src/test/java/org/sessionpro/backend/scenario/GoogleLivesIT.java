package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.google.life.RandomLife;
import org.sessionpro.simulator.google.life.SubscriptionTruth;
import org.sessionpro.simulator.google.life.Truth;
import org.sessionpro.simulator.script.ScriptRunner;

/// Some of the lives of [GoogleLivesTest], shorter and side by side, on one process that has real
/// sockets, workers and jobs (`decisions-stores.md` §7).
///
/// `-Dlives.program=N` lives N rounds of them one after the other, `-Dlives.google.seed=N` begins with
/// another seed.
class GoogleLivesIT {
  private static final int ROUNDS = Integer.getInteger("lives.program", 1);
  private static final long SEED = Long.getLong("lives.google.seed", 20_261_126L);
  private static final int EVENTS_OF_EACH = 6;

  @TempDir private Path folder;

  private static int lives(Engine engine) {
    return switch (engine) {
      case SQLITE -> 15;
      case POSTGRESQL -> 10;
    };
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void afterTheLastFaultTheProgramBelievesTheTruth(Engine engine) throws IOException {
    System.out.printf(
        "lives on a program over %s: %d × %d from seed %d%n", engine, ROUNDS, lives(engine), SEED);
    try (ProgramUnderTest<GoogleOfProgram> program =
        new ProgramUnderTest<>(engine, folder, GoogleOfProgram::new)) {
      for (int round = 0; round < ROUNDS; round++) {
        program.beginScript();
        live(program, lives(engine), SEED + round);
      }
    }
  }

  private static void live(ProgramUnderTest<GoogleOfProgram> program, int customers, long seed) {
    ScriptRunner.Session session =
        new ScriptRunner(
                program.clock(), List.of(program.store().stage()), program, RunningBackend.CRYPTO)
            .open("lives " + seed);
    RandomLife life =
        new RandomLife(
            program.store().simulator(), session, new RandomLife.Kind(seed, customers, true));
    life.live(customers * EVENTS_OF_EACH);
    life.end();

    assertThat(
            new TruthCheck(
                    program.store().simulator(),
                    program.store().shown(),
                    program.books(),
                    program.ledger(),
                    program.clock().instant())
                .differences(truths(program, session), session.scene().buyers()))
        .as("seed %d%n%s", seed, String.join("\n", life.told()))
        .isEmpty();
  }

  /// Of these lives alone: what earlier ones have bought goes on.
  private static List<SubscriptionTruth> truths(
      ProgramUnderTest<GoogleOfProgram> program, ScriptRunner.Session session) {
    Set<String> own =
        session.scene().purchaseNames().stream()
            .map(name -> session.scene().purchase(name).value())
            .collect(Collectors.toSet());
    return Truth.of(program.store().simulator().store(), program.store().simulator().reads())
        .subscriptions()
        .stream()
        .filter(truth -> own.contains(truth.token().value()))
        .toList();
  }
}
