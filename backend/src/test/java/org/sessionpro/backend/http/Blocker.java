package org.sessionpro.backend.http;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A route of clients whose handler is at work until it is released.
public final class Blocker {
  private static final int PATIENCE_SECONDS = 20;

  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);

  /// `POST` to that path: 200 once released.
  public Route at(String path) {
    return TestServer.client(path, Set.of(Method.POST), this::handle);
  }

  private Reply handle(Exchange exchange) {
    entered.release();
    try {
      return Reply.plain(release.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? 200 : 500);
    } catch (InterruptedException interrupted) {
      return Reply.plain(500);
    }
  }

  /// Returns once that many more requests are at work.
  public void awaitEntered(int requests) throws InterruptedException {
    if (!entered.tryAcquire(requests, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("not that many requests at work");
    }
  }

  /// Whether a request has come to work of which [#awaitEntered] has not told.
  public boolean hasMoreEntered() {
    return entered.availablePermits() > 0;
  }

  /// Lets all end, and those who come later too.
  public void release() {
    release.countDown();
  }
}
