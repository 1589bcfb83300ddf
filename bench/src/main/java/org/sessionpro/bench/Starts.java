package org.sessionpro.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.load.Target;
import org.sessionpro.bench.server.DataFolder;
import org.sessionpro.bench.server.Launch;
import org.sessionpro.bench.server.ServerProcess;

/// How long a server takes from the start of its launcher to its first answer.
///
/// @param onNewLedger with a ledger and a key to make
/// @param later on the same ledger, at least one, in order of time
record Starts(Duration onNewLedger, List<Duration> later) {
  Starts {
    later = List.copyOf(later);
  }

  /// Starts and stops a server again and again.
  ///
  /// @param parent of the folder for its data; null for the system's folder of temporary files
  /// @param count starts after the first, at least 1
  static Starts measure(@Nullable Path parent, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there is at least one start");
    }
    try (DataFolder folder = DataFolder.make(parent)) {
      Launch launch = new Launch(Stage.launcher(), folder.path(), null, false);
      Duration first = start(launch);
      List<Duration> later = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        later.add(start(launch));
      }
      return new Starts(first, later);
    }
  }

  private static Duration start(Launch launch) {
    long start = System.nanoTime();
    try (ServerProcess server = ServerProcess.start(launch)) {
      Target.at(server.url());
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  Duration shortest() {
    return later.stream().min(Duration::compareTo).orElseThrow();
  }

  /// Of the later ones; the longer one of the two in the middle.
  Duration median() {
    return later.stream().sorted().skip(later.size() / 2).findFirst().orElseThrow();
  }

  Duration longest() {
    return later.stream().max(Duration::compareTo).orElseThrow();
  }
}
