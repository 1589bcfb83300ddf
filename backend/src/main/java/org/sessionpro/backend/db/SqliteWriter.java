package org.sessionpro.backend.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.Distribution;

/// The one writer of a SQLite file: a platform thread that takes jobs in order of arrival and
/// commits those that wait together as one transaction.
///
/// Each job runs inside a savepoint, so that a failing one does not sink its batch. A caller is
/// answered after the commit, never before.
final class SqliteWriter implements AutoCloseable {
  /// Bounds how long the first job of a batch waits for the last.
  private static final int MAX_BATCH = 256;

  private final Handle handle;
  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final Distribution batches = Distribution.ofSizes();
  private final LongAdder faults = new LongAdder();
  private final Thread thread;
  private boolean closed;

  private sealed interface Entry {}

  private record Stop() implements Entry {}

  /// A change that somebody waits for.
  private static final class Job<T> implements Entry {
    private final Function<Handle, T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    Job(Function<Handle, T> work) {
      this.work = work;
    }

    void runInSavepoint(Handle handle) {
      ReadyStatements.execute(handle, "SAVEPOINT job");
      try {
        result = work.apply(handle);
        ReadyStatements.execute(handle, "RELEASE job");
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
        undo(handle, thrown);
      }
    }

    /// A full disk or an I/O error ends the whole transaction, so that the savepoint is gone: then
    /// what the engine said first is the fault of the batch.
    private static void undo(Handle handle, Throwable thrown) {
      try {
        ReadyStatements.execute(handle, "ROLLBACK TO job");
        ReadyStatements.execute(handle, "RELEASE job");
      } catch (RuntimeException rolledBackAlready) {
        throw new DatabaseFault("the transaction ended early", thrown);
      }
    }

    void complete() {
      if (failure != null) {
        answer.completeExceptionally(failure);
      } else {
        answer.complete(result);
      }
    }

    void fail(Throwable reason) {
      answer.completeExceptionally(failure == null ? reason : failure);
    }
  }

  SqliteWriter(Handle handle) {
    this.handle = handle;
    this.thread = Thread.ofPlatform().name("sqlite-writer").start(this::loop);
  }

  <T> T run(Function<Handle, T> work) {
    Job<T> job = new Job<>(work);
    synchronized (this) {
      if (closed) {
        throw new DatabaseFault("the database is closed");
      }
      queue.add(job);
    }
    try {
      return job.answer.join();
    } catch (CompletionException wrapped) {
      if (wrapped.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw wrapped;
    }
  }

  /// How many changes wait for their batch.
  int queued() {
    return queue.size();
  }

  /// How many changes were committed together.
  Distribution.Seen batches() {
    return batches.read();
  }

  /// How many batches the database did not take.
  long faults() {
    return faults.sum();
  }

  private void loop() {
    try {
      boolean running = true;
      while (running) {
        List<Entry> taken = new ArrayList<>();
        taken.add(queue.take());
        queue.drainTo(taken, MAX_BATCH - 1);
        List<Job<?>> batch = new ArrayList<>();
        for (Entry entry : taken) {
          switch (entry) {
            case Job<?> job -> batch.add(job);
            case Stop _ -> running = false;
          }
        }
        if (!batch.isEmpty()) {
          commitTogether(batch);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void commitTogether(List<Job<?>> batch) {
    try {
      ReadyStatements.execute(handle, "BEGIN IMMEDIATE");
      for (Job<?> job : batch) {
        job.runInSavepoint(handle);
      }
      ReadyStatements.execute(handle, "COMMIT");
    } catch (RuntimeException | Error thrown) {
      faults.increment();
      rollBack();
      DatabaseFault fault = new DatabaseFault("the database did not take the change", thrown);
      batch.forEach(job -> job.fail(fault));
      return;
    }
    batches.observe(batch.size());
    batch.forEach(Job::complete);
  }

  /// A full disk or an I/O error may have rolled back already; then there is nothing left to undo.
  private void rollBack() {
    try {
      ReadyStatements.execute(handle, "ROLLBACK");
    } catch (RuntimeException alreadyRolledBack) {
      // The next BEGIN tells if the connection is unusable.
    }
  }

  /// Finishes what is queued, then closes the connection.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(new Stop());
    }
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    handle.close();
  }
}
