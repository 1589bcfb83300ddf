package org.sessionpro.backend.revocation;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.db.DatabaseLoad;
import org.sessionpro.backend.db.Dialect;

/// A real database that can be told to fail, to hang, and what it was asked.
final class FailingDatabase implements Database {
  private final Database real;
  private volatile boolean failing;
  private volatile @Nullable Hang hang;
  volatile int asked;

  /// @param begun told when a reader hangs
  /// @param end until when it does
  record Hang(CountDownLatch begun, CountDownLatch end) {}

  FailingDatabase(Database real) {
    this.real = real;
  }

  void fail(boolean yes) {
    failing = yes;
  }

  /// Lets every reader hang.
  Hang hang() {
    Hang started = new Hang(new CountDownLatch(1), new CountDownLatch(1));
    hang = started;
    return started;
  }

  private synchronized void ask() {
    asked++;
  }

  private void enter() {
    ask();
    Hang present = hang;
    if (present != null) {
      present.begun().countDown();
      try {
        present.end().await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    if (failing) {
      throw new DatabaseFault("out of order");
    }
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    enter();
    return real.read(work);
  }

  @Override
  public <T> T snapshot(Function<Handle, T> work) {
    enter();
    return real.snapshot(work);
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return real.write(work);
  }

  @Override
  public DatabaseLoad load() {
    return real.load();
  }

  @Override
  public Dialect dialect() {
    return real.dialect();
  }

  @Override
  public void close() {
    real.close();
  }
}
