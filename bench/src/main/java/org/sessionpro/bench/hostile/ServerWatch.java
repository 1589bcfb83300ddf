package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.sessionpro.bench.load.ProcessProbe;

/// Looks at the process of a server a few times a second while it is attacked.
final class ServerWatch {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final ProcessProbe process;
  private final Path folder;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;
  private volatile Use most;

  /// What a process holds.
  ///
  /// @param residentBytes its memory that is in RAM (VmRSS)
  /// @param descriptors open files and sockets
  record Use(long residentBytes, long descriptors) {
    Use max(Use other) {
      return new Use(
          Math.max(residentBytes, other.residentBytes), Math.max(descriptors, other.descriptors));
    }
  }

  private ServerWatch(long pid) {
    this.process = ProcessProbe.of(pid);
    this.folder = Path.of("/proc", Long.toString(pid));
    this.most = now();
    this.thread = Thread.ofPlatform().daemon().unstarted(this::look);
  }

  /// Begins to look.
  static ServerWatch start(long pid) {
    ServerWatch watch = new ServerWatch(pid);
    watch.thread.start();
    return watch;
  }

  /// What the server holds at this moment.
  ///
  /// @throws UncheckedIOException if its process has ended
  Use now() {
    try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
      return new Use(process.read().residentBytes(), descriptors.count());
    } catch (IOException ended) {
      throw new UncheckedIOException("the server's process has ended", ended);
    }
  }

  /// Stops looking.
  ///
  /// @return the most of each that was seen
  Use stop() throws InterruptedException {
    stopped.set(true);
    thread.join();
    return most;
  }

  private void look() {
    try {
      while (!stopped.get()) {
        most = most.max(now());
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException unwanted) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException ended) {
      // Whoever looks next is told.
    }
  }
}
