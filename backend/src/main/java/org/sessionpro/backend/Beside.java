package org.sessionpro.backend;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A value that is made beside the rest of a start, on another processor if there is one.
final class Beside<T> implements Supplier<T> {
  private final FutureTask<T> task;

  private Beside(FutureTask<T> task) {
    this.task = task;
  }

  /// Begins to make it.
  ///
  /// @param name of the thread
  static <T> Beside<T> begun(String name, Supplier<T> making) {
    FutureTask<T> task = new FutureTask<>(making::get);
    Thread.ofPlatform().daemon().name(name).start(task);
    return new Beside<>(task);
  }

  /// Waits until it is made.
  ///
  /// @throws RuntimeException what making it threw
  @Override
  public T get() {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at the start", stopped);
    }
  }
}
