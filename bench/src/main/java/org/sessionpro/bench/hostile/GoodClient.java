package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// A client that means well: asks the same thing every now and then, over one connection for as long
/// as that lasts. Has a thread of its own, so that the attackers of the same process do not hold it up.
final class GoodClient {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int OK = 200;

  private final InetSocketAddress server;
  private final Errand errand;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Long> nanos = new ArrayList<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Thread thread;
  private @Nullable Connection connection;

  /// What it asks.
  ///
  /// @param request a new one whenever called
  /// @param isRight whether this body answers it. Clients of v1 are told of faults with status 200
  ///     (`wire-v1.md` §6)
  record Errand(Supplier<byte[]> request, Predicate<ByteString> isRight) {
    /// Whether this is the right answer.
    boolean isDone(Connection.Answer answer) {
      return answer.status() == OK && isRight.test(answer.body());
    }
  }

  /// What it has met.
  ///
  /// @param answered requests answered rightly
  /// @param failures the others: their status, that it was a wrong answer, or that there was none
  /// @param p50 median time to the answer of those that were answered
  /// @param p99 of those, 99 of 100 took no longer
  /// @param max the longest of those times
  record Experience(
      int answered, Map<String, Long> failures, Duration p50, Duration p99, Duration max) {
    long asked() {
      return answered + failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether it asked, and of its requests at least that share was answered.
    boolean isAnswered(double share) {
      return answered > 0 && answered >= share * asked();
    }
  }

  private GoodClient(InetSocketAddress server, Errand errand) {
    this.server = server;
    this.errand = errand;
    this.thread = Thread.ofPlatform().unstarted(this::askOnAndOn);
  }

  /// Begins to ask.
  static GoodClient start(InetSocketAddress server, Errand errand) {
    GoodClient client = new GoodClient(server, errand);
    client.thread.start();
    return client;
  }

  /// Waits for the last answer and says how it was.
  Experience stop() throws InterruptedException {
    stopped.set(true);
    thread.join();
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Experience(
        sorted.size(),
        Map.copyOf(failures),
        percentile(sorted, 0.5),
        percentile(sorted, 0.99),
        percentile(sorted, 1));
  }

  /// The least of `sorted` that at least `share` of them do not exceed; zero if there are none.
  static Duration percentile(List<Long> sorted, double share) {
    return sorted.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
  }

  private void askOnAndOn() {
    try {
      while (!stopped.get()) {
        askOnce();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException unwanted) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
    }
  }

  private void askOnce() {
    byte[] question = errand.request().get();
    long begun = System.nanoTime();
    try {
      Connection.Answer answer = connected().ask(question);
      if (errand.isDone(answer)) {
        nanos.add(System.nanoTime() - begun);
      } else {
        failures.merge(answer.status() == OK ? "wrong" : answer.outcome(), 1L, Long::sum);
      }
    } catch (IOException failed) {
      failures.merge(
          failed instanceof SocketTimeoutException ? "no answer" : "closed", 1L, Long::sum);
      hangUp();
    }
  }

  private Connection connected() throws IOException {
    Connection present = connection;
    if (present == null) {
      present = Connection.open(server);
      connection = present;
    }
    return present;
  }

  private void hangUp() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
