package org.sessionpro.backend.takeover;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Writes one part after the other, in their order, while the next ones are made. Once a part fails,
/// none behind it is written.
final class WritingBehind implements AutoCloseable {
  /// Parts that are made and not yet written, so that memory does not grow with the source.
  private static final int AHEAD = 2;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /// Has a part written.
  ///
  /// @throws RuntimeException what an earlier part failed with
  void write(Runnable part) {
    if (waiting.size() == AHEAD) {
      await();
    }
    last = last.thenRunAsync(part, thread);
    waiting.add(last);
  }

  /// Waits until all parts are written.
  ///
  /// @throws RuntimeException what one failed with
  void finish() {
    while (!waiting.isEmpty()) {
      await();
    }
  }

  private void await() {
    try {
      waiting.remove().join();
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
