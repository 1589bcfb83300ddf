package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;

/// The scenarios of a store, played on the real program over one engine. Those that disturb the server
/// have one of their own; they are played beside the others, which share one and come one after the
/// other.
///
/// `-Dscenarios.full=true` plays all of them on both engines, with more seeds and a larger crowd;
/// `-Dscenarios=03,12` only those.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScenariosOnProgram {
  static final boolean FULL = Boolean.getBoolean("scenarios.full");

  /// Of a scenario that chance has a part in.
  private static final int MANY_SEEDS = 100;

  /// How many of those that have a program of their own are played at once. They wait more than they
  /// work.
  private static final int AT_ONCE = 2;

  /// Simulated time that one program and its store live through at most (`decisions-stores.md` §7).
  private static final Duration LONGEST_LIFE = Duration.ofDays(3_650);

  private static final Set<String> ONLY =
      Arrays.stream(System.getProperty("scenarios", "").split(",", -1))
          .filter(number -> !number.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  @TempDir private static Path folder;
  private final Engine engine;
  private final Set<String> usual;
  private final ExecutorService beside =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().name("scenario-", 1).factory());
  private final Map<String, Future<?>> begun = new HashMap<>();
  private @Nullable ProgramUnderTest<?> shared;

  /// @param usual the numbers of those that every build plays; empty are all
  ScenariosOnProgram(Engine engine, Set<String> usual) {
    this.engine = engine;
    this.usual = usual;
  }

  /// Names of the files.
  abstract List<String> files();

  abstract Script script(String file, Map<String, String> parameters);

  abstract Map<String, String> parameters(String file, int seed);

  /// How many seeds every build plays of a scenario that names more than one.
  abstract int seeds(Script.Title title);

  /// Whether it needs a program of its own.
  abstract boolean isAlone(Script.Title title);

  /// @param title of the scenario that it is for alone; null if it is for several
  abstract ProgramUnderTest<?> program(Engine engine, Path folder, Script.@Nullable Title title)
      throws IOException;

  /// Those that share a program first.
  List<String> scenarios() {
    return files().stream()
        .filter(file -> isPlayed(file.substring(0, 2)))
        .sorted(Comparator.comparing(this::isAlone))
        .toList();
  }

  private boolean isPlayed(String number) {
    Set<String> wanted = FULL || !ONLY.isEmpty() ? ONLY : usual;
    return wanted.isEmpty() || wanted.contains(number);
  }

  private boolean isAlone(String file) {
    return isAlone(script(file, Map.of()).title());
  }

  /// The last of each list first, for they take longest.
  @BeforeAll
  void beginThoseThatAreAlone() {
    scenarios().reversed().stream()
        .filter(this::isAlone)
        .forEach(file -> begun.put(file, beside.submit(() -> playAlone(file))));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theScenarioGoesAsItSays(String file) throws Exception {
    Future<?> alone = begun.get(file);
    if (alone != null) {
      alone.get();
      return;
    }
    for (int seed = 1; seed <= seedsPlayed(file); seed++) {
      play(shared(), file, seed);
    }
  }

  private void playAlone(String file) {
    Script.Title title = script(file, Map.of()).title();
    for (int seed = 1; seed <= seedsPlayed(file); seed++) {
      try (ProgramUnderTest<?> own = program(engine, anotherFolder(), title)) {
        play(own, file, seed);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private int seedsPlayed(String file) {
    Script.Title title = script(file, Map.of()).title();
    if (title.seeds() == 1) {
      return 1;
    }
    return FULL ? MANY_SEEDS : seeds(title);
  }

  private void play(ProgramUnderTest<?> program, String file, int seed) {
    program.beginScript();
    ScriptRunner runner =
        new ScriptRunner(
            program.clock(), List.of(program.store().stage()), program, RunningBackend.CRYPTO);
    try {
      ScriptReport report = runner.run(script(file, parameters(file, seed)), "run " + seed);

      assertThat(report.unchecked()).isEmpty();
      assertThat(program.toldInClear()).isEmpty();
    } catch (ScriptFailure failed) {
      throw new AssertionError("seed " + seed + "; the log says " + program.told(), failed);
    }
  }

  private ProgramUnderTest<?> shared() throws IOException {
    ProgramUnderTest<?> running = shared;
    if (running != null && running.age().compareTo(LONGEST_LIFE) > 0) {
      running.close();
      running = null;
    }
    if (running == null) {
      running = program(engine, anotherFolder(), null);
      shared = running;
    }
    return running;
  }

  private static Path anotherFolder() throws IOException {
    return Files.createTempDirectory(folder, "program");
  }

  @AfterAll
  void stop() {
    beside.shutdownNow();
    if (shared != null) {
      shared.close();
    }
  }
}
