package org.sessionpro.bench.server;

import java.util.ArrayDeque;
import java.util.Deque;

/// What must be undone when this process ends early, newest first: servers before the folders that
/// they write to.
final class AtEnd {
  private static final Deque<Runnable> TASKS = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtEnd::runAll, "at-end"));
  }

  private AtEnd() {}

  /// Has `task` run unless [#run(Runnable)] runs it before.
  static synchronized void add(Runnable task) {
    TASKS.push(task);
  }

  /// Runs a task now, unless it has been run.
  static void run(Runnable task) {
    boolean due;
    synchronized (AtEnd.class) {
      due = TASKS.remove(task);
    }
    if (due) {
      task.run();
    }
  }

  private static void runAll() {
    while (true) {
      Runnable task;
      synchronized (AtEnd.class) {
        task = TASKS.poll();
      }
      if (task == null) {
        return;
      }
      task.run();
    }
  }
}
