package org.sessionpro.backend.takeover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.Prospect.Candidate;
import org.sessionpro.protocol.ByteString;

/// Goes through all accounts of a source once: they are read by one thread, worked on by several, some
/// at a time, and handed over in their order, so that memory does not grow with the source.
///
/// @param <T> what the work makes of some accounts
final class Pass<T> {
  private static final int SOME = 64;

  /// As many as a database takes at the same time.
  private static final int AT_ONCE = 8;

  private final Function<Some, T> work;
  private final Consumer<T> results;
  private final Deque<Future<T>> running = new ArrayDeque<>();
  private List<Candidate> some = new ArrayList<>(SOME);
  private long before;

  /// Accounts that stand one behind the other.
  ///
  /// @param before how many the pass had before them
  record Some(long before, List<Candidate> candidates) {
    List<AccountPlan> plans() {
      return candidates.stream().map(Candidate::plan).toList();
    }
  }

  /// @param work by any thread
  /// @param results told by the thread that runs the pass
  Pass(Function<Some, T> work, Consumer<T> results) {
    this.work = work;
    this.results = results;
  }

  /// @param after only accounts behind this one; null for all
  void over(Prospect prospect, @Nullable ByteString after) {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      try {
        prospect.candidates(
            after,
            candidate -> {
              some.add(candidate);
              if (some.size() == SOME) {
                submit(workers);
              }
            });
        submit(workers);
        while (!running.isEmpty()) {
          take();
        }
      } finally {
        workers.shutdownNow();
      }
    }
  }

  private void submit(ExecutorService workers) {
    if (some.isEmpty()) {
      return;
    }
    Some next = new Some(before, some);
    before += some.size();
    some = new ArrayList<>(SOME);
    running.add(workers.submit(() -> work.apply(next)));
    if (running.size() > AT_ONCE) {
      take();
    }
  }

  private void take() {
    try {
      results.accept(running.remove().get());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while going through accounts", stopped);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(failed.getCause());
    }
  }
}
