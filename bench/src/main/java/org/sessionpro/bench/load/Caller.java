package org.sessionpro.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/// One connection of a load: asks, waits for the answer, checks it, and asks again, until its thread
/// is interrupted.
final class Caller implements Runnable {
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(100);

  private final InetSocketAddress address;
  private final Calls calls;
  private final Pace pace;
  private final Tally tally;

  Caller(InetSocketAddress address, Calls calls, Pace pace, Tally tally) {
    this.address = address;
    this.calls = calls;
    this.pace = pace;
    this.tally = tally;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        callUntilFault();
        Thread.sleep(PAUSE_AFTER_FAULT);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void callUntilFault() throws InterruptedException {
    try (HttpConnection connection = HttpConnection.open(address)) {
      while (!Thread.currentThread().isInterrupted()) {
        // Made before its turn: what the generator needs for it is not the server's latency.
        Call call = calls.next();
        long due = pace.awaitTurn();
        HttpAnswer answer = connection.exchange(call.request());
        judge(call, answer, due, System.nanoTime());
      }
    } catch (IOException fault) {
      // Who is told to stop need not report what became of the request in flight.
      if (!Thread.currentThread().isInterrupted()) {
        tally.error(
            "no answer: "
                + Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName()));
      }
    }
  }

  private void judge(Call call, HttpAnswer answer, long due, long answered) {
    try {
      call.judge(answer);
      tally.right(due, answered);
    } catch (WrongAnswer wrong) {
      tally.error(wrong.reason());
    }
  }
}
