package org.sessionpro.protocol.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs targets by Jazzer, each in a process of its own: its agent changes classes as they load.
///
/// @param time how long each target is fed, its start not counted
/// @param seed what the fuzzer's choices begin with; 0 for another one each time
record FuzzRun(Duration time, long seed) {
  /// From the start of a process to its first input, and from its last input to its end.
  private static final Duration START_AND_STOP = Duration.ofMinutes(5);

  /// Below it the better compiler takes more time than it gives.
  private static final Duration LONG = Duration.ofMinutes(1);

  /// Classes whose comparisons tell the fuzzer what is looked for, and whose SQL is watched.
  private static final String HOOKED = "org.sessionpro.**:org.jdbi.**";

  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: *([0-9]+)");
  private static final Pattern COVERAGE = Pattern.compile("(?m)^#[0-9]+\\tDONE +cov: ([0-9]+)");

  /// Where new inputs, findings and logs are written.
  private static final Path WORK = Path.of("target", "fuzz").toAbsolutePath();

  /// What came of it.
  ///
  /// @param exit of the process; 0 if nothing was found
  record Outcome(FuzzTarget target, FuzzRun run, int exit, String log) {
    private static final String FINDING = "== Java Exception";

    /// One line for whoever reads the output of the tests.
    String summary() {
      return "fuzz %s: %d s, %s executions, %s edges, seed %d, %s"
          .formatted(
              target.name(),
              run.time.toSeconds(),
              number(EXECUTIONS),
              number(COVERAGE),
              run.seed,
              target.allowed());
    }

    /// The finding with its stack trace, or how the process ended.
    String report() {
      int finding = log.indexOf(FINDING);
      return log.substring(finding >= 0 ? finding : Math.max(0, log.length() - 2_000));
    }

    private String number(Pattern pattern) {
      Matcher found = pattern.matcher(log);
      return found.find() ? found.group(1) : "?";
    }
  }

  /// As the properties `fuzz.seconds` (default 5) and `fuzz.seed` (default 1) say.
  static FuzzRun asAsked() {
    return new FuzzRun(
        Duration.ofSeconds(Long.getLong("fuzz.seconds", 5)), Long.getLong("fuzz.seed", 1));
  }

  /// Whether each target shall have the machine for itself.
  boolean isLong() {
    return time.compareTo(LONG) >= 0;
  }

  Outcome on(FuzzTarget target) {
    Path corpus = WORK.resolve(target.name());
    Path log = WORK.resolve(target.name() + ".log");
    try {
      Files.createDirectories(corpus);
      Files.createDirectories(WORK.resolve("findings"));
      writeDictionary();
      Process process =
          new ProcessBuilder(command(target, corpus))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        if (!process.waitFor(time.plus(START_AND_STOP).toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError(target + " does not end, see " + log);
        }
      } finally {
        process.destroyForcibly();
      }
      return new Outcome(target, this, process.exitValue(), Files.readString(log));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// Words that inputs are made of, to where the fuzzer reads them.
  private static synchronized void writeDictionary() throws IOException {
    try (InputStream words = FuzzRun.class.getResourceAsStream("/fuzz/words.dict")) {
      Files.write(
          WORK.resolve("words.dict"), Objects.requireNonNull(words, "words.dict").readAllBytes());
    }
  }

  private List<String> command(FuzzTarget target, Path corpus) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+EnableDynamicAgentLoading",
            "-Djdk.attach.allowAttachSelf=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true",
            "-XX:+UseSerialGC",
            "-Xmx384m"));
    if (!isLong()) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.entry().getName(),
            "--instrumentation_includes=org.sessionpro.**",
            "--custom_hook_includes=" + HOOKED,
            "--reproducer_path=" + WORK.resolve("findings"),
            "-artifact_prefix=" + WORK.resolve("findings", target.name() + "-"),
            "-dict=" + WORK.resolve("words.dict"),
            "-max_total_time=" + time.toSeconds(),
            "-seed=" + seed,
            "-timeout=60",
            "-rss_limit_mb=0",
            "-print_final_stats=1",
            corpus.toString(),
            target.seeds().toString()));
    return command;
  }
}
