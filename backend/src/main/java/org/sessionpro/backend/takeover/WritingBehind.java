package org.sessionpro.backend.takeover;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Writes one part after the other, in their order, while the next ones are made. Once a part fails,
/// none behind it is written.
final class WritingBehind implements AutoCloseable {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /// Has a part written, once the one before is: no more wait, so that memory does not grow with the
  /// source.
  ///
  /// @throws RuntimeException what the one before failed with
  void write(Runnable part) {
    finish();
    last = CompletableFuture.runAsync(part, thread);
  }

  /// Waits until all parts are written.
  ///
  /// @throws RuntimeException what the last one failed with
  void finish() {
    try {
      last.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException own ? own : failed;
    }
  }

  /// Waits for what is being written.
  @Override
  public void close() {
    thread.close();
  }
}
