package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// A client that means well: asks the same thing every now and then, over one connection for as long
/// as that lasts. Has a thread of its own, so that the attackers of the same process do not hold it up.
final class GoodClient {
  /// An answer that takes longer is late. It is more than twice as long as a server lets a request
  /// wait for its turn.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int OK = 200;

  private final InetSocketAddress server;
  private final Errand errand;
  private final Duration patience;
  private final List<Long> nanos = new ArrayList<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Thread thread;
  private @Nullable Connection connection;

  /// Set after the instant below.
  private volatile boolean stopped;

  private volatile long end;

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

  /// What it has met. The request in flight when it was told to stop is in none of these numbers if
  /// it was answered rightly and in time.
  ///
  /// @param answered other requests answered rightly and in time
  /// @param failures the others: their status, that the answer was wrong or late, or that there was
  ///     none
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

  private GoodClient(InetSocketAddress server, Errand errand, Duration patience) {
    this.server = server;
    this.errand = errand;
    this.patience = patience;
    this.thread = Thread.ofPlatform().unstarted(this::askOnAndOn);
  }

  /// Begins to ask.
  ///
  /// @param patience after which an answer is late
  static GoodClient start(InetSocketAddress server, Errand errand, Duration patience) {
    GoodClient client = new GoodClient(server, errand, patience);
    client.thread.start();
    return client;
  }

  /// Whether one who comes now is answered in time.
  static boolean isNewcomerAnswered(InetSocketAddress server, Errand errand, Duration patience) {
    long begun = System.nanoTime();
    try (Connection newcomer = Connection.open(server)) {
      return errand.isDone(newcomer.ask(errand.request().get()))
          && System.nanoTime() - begun <= patience.toNanos();
    } catch (IOException failed) {
      return false;
    }
  }

  /// Tells it to ask no more. A right answer that comes later shows nothing of how it was before.
  void stop() {
    end = System.nanoTime();
    stopped = true;
  }

  /// How it was. Waits for the last answer, so it is told to stop before.
  Experience experience() throws InterruptedException {
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
      while (!stopped) {
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
      judge(answer, begun, System.nanoTime());
    } catch (IOException failed) {
      fail(failed instanceof SocketTimeoutException ? "no answer" : "closed");
      hangUp();
    }
  }

  private void judge(Connection.Answer answer, long begun, long answered) {
    if (!errand.isDone(answer)) {
      fail(answer.status() == OK ? "wrong" : answer.outcome());
    } else if (answered - begun > patience.toNanos()) {
      fail("late");
    } else if (!(stopped && answered - end >= 0)) {
      nanos.add(answered - begun);
    }
  }

  private void fail(String how) {
    failures.merge(how, 1L, Long::sum);
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
