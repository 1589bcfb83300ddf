package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

/// The packaged program is killed with SIGKILL while it works, again and again: whatever it had
/// acknowledged is there when it is back, the ledger is sound, and the revocation list has lost
/// nothing.
///
/// `-Dkills=N` kills each engine's server N times, `-Dkills.seed=N` begins with another seed.
class KillIT {
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = Long.getLong("kills.seed", 20_261_123L);
  private static final int WRITERS = 8;

  /// So many acknowledged changes lie between a start and the kill.
  private static final int FEWEST = 40;

  private static final int MOST = 120;

  /// Far more than that takes.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;
  private final List<Diary> diaries = new ArrayList<>();
  private final ServedList list = new ServedList();
  private final Random random = new Random(SEED);
  private int acknowledged;

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedOutlivesAKill(Engine engine) throws Exception {
    System.out.printf("kills on %s: seed %d%n", engine, SEED);
    long begun = System.nanoTime();
    DatabaseUrl url = engine.empty(directory);
    Checkup checkup = new Checkup(url, directory.resolve("data"), InstantSource.system());
    for (int kill = 1; kill <= KILLS; kill++) {
      try (PackagedServer server = serve(url)) {
        Door door = Door.of(server);
        assertKept(door);
        killUnderLoad(server, door);
      }
      checkup.assertSound();
    }
    try (PackagedServer server = serve(url)) {
      assertKept(Door.of(server));
    }
    System.out.printf(
        "kills on %s: %d kills, %d acknowledged changes, %d revocations, %d s%n",
        engine,
        KILLS,
        acknowledged,
        list.tags().size(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
  }

  private PackagedServer serve(DatabaseUrl url) throws IOException {
    return PackagedServer.start(directory, "--dev", "--db", Engine.text(url));
  }

  private void assertKept(Door door) {
    list.poll(door);
    for (Diary diary : diaries) {
      diary.assertKept(door);
      assertThat(list.tags()).containsAll(diary.revoked());
    }
  }

  /// Each writer works for a new person and for one who was there before.
  private void killUnderLoad(PackagedServer server, Door door) throws Exception {
    int target = FEWEST + random.nextInt(MOST - FEWEST);
    AtomicInteger done = new AtomicInteger();
    CompletableFuture<Void> enough = new CompletableFuture<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Diary> old = new ArrayList<>(diaries);
      Collections.shuffle(old, random);
      for (int i = 0; i < WRITERS; i++) {
        List<Diary> own = new ArrayList<>(List.of(new Diary()));
        if (!old.isEmpty()) {
          own.add(old.get(i));
        }
        diaries.add(own.getFirst());
        Random chance = new Random(random.nextLong());
        all.add(
            untilKilled(
                threads,
                enough,
                () -> {
                  int more = own.get(chance.nextInt(own.size())).act(door, chance);
                  if (done.addAndGet(more) >= target) {
                    enough.complete(null);
                  }
                }));
      }
      all.add(untilKilled(threads, enough, () -> list.poll(door)));
      enough.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      server.kill();
      for (CompletableFuture<Void> each : all) {
        each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    acknowledged += done.get();
  }

  /// Repeats `work` until nobody answers any more.
  private static CompletableFuture<Void> untilKilled(
      ExecutorService threads, CompletableFuture<Void> enough, Runnable work) {
    return CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  work.run();
                }
              } catch (UncheckedIOException killed) {
                if (!enough.isDone()) {
                  throw killed;
                }
              }
            },
            threads)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            enough.completeExceptionally(failure);
          }
        });
  }
}
