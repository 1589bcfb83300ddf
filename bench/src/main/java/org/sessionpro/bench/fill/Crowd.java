package org.sessionpro.bench.fill;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;

/// Many that change a database at the same time, as many as it takes well.
///
/// @param size how many at most
record Crowd(int size) {
  /// SQLite commits together what waits; on PostgreSQL a connection is not waited for for long, and
  /// there are ten.
  static Crowd before(DatabaseUrl database) {
    return switch (database) {
      case DatabaseUrl.Sqlite _, DatabaseUrl.InMemory _ -> new Crowd(256);
      case DatabaseUrl.Postgres _ -> new Crowd(16);
    };
  }

  /// Does `work` with every number from 0 to `count` − 1 and returns when all is done.
  ///
  /// @throws IllegalStateException if one failed; then not all has been begun
  void each(int count, IntConsumer work) throws InterruptedException {
    Semaphore room = new Semaphore(size);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count && failure.get() == null; i++) {
        int number = i;
        room.acquire();
        threads.execute(() -> {
          try {
            work.accept(number);
          } catch (RuntimeException | Error failed) {
            failure.compareAndSet(null, failed);
          } finally {
            room.release();
          }
        });
      }
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(
          "the database could not be filled: " + failed.getMessage(), failed);
    }
  }
}
