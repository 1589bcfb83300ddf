package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How many files and sockets processes may have open; on Linux only.
final class Descriptors {
  private static final int SPARE = 2_000;

  /// `Max open files            1024                 20000                files`.
  private static final Pattern LIMIT =
      Pattern.compile("Max open files\\s+\\S+\\s+([0-9]+|unlimited)\\s.*");

  private Descriptors() {}

  /// Connections that this process can open to that one.
  static int connectionsTo(long pid) {
    return connectionsWithin(Math.min(hardLimit(Long.toString(pid)), hardLimit("self")));
  }

  /// Of so many descriptors 2 000 are left for everything else, but no more than half.
  static int connectionsWithin(int limit) {
    return limit - Math.min(SPARE, limit / 2);
  }

  private static int hardLimit(String process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process, "limits"))) {
      return hardLimit(lines);
    } catch (IOException hidden) {
      throw new UncheckedIOException("the limits of process " + process + " are hidden", hidden);
    }
  }

  /// The hard limit in the lines of `/proc/PID/limits`.
  static int hardLimit(Stream<String> limits) {
    return limits
        .map(LIMIT::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .map(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no limit of open files"));
  }
}
