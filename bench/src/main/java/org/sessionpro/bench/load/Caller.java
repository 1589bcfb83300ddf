package org.sessionpro.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/// One connection of a load: asks, waits for the answer, checks it, and asks again, until nothing
/// is due any more.
///
/// An interrupt ends its pauses. On a platform's thread it leaves the request in flight alone: its
/// answer is waited for.
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
      while (!callUntilFault()) {
        Thread.sleep(PAUSE_AFTER_FAULT);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether it has come to its end: nothing is due any more
  private boolean callUntilFault() throws InterruptedException {
    try (HttpConnection connection = HttpConnection.open(address)) {
      while (true) {
        // Made before its turn: what the generator needs for it is not the server's latency.
        Call call = calls.next();
        OptionalLong due = pace.awaitTurn();
        if (due.isEmpty()) {
          return true;
        }
        HttpAnswer answer = connection.exchange(call.request());
        judge(call, answer, due.getAsLong(), System.nanoTime());
      }
    } catch (IOException fault) {
      tally.error(
          "no answer: "
              + Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName()));
      return false;
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
