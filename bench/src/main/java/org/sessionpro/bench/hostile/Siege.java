package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// An [Attack] under way.
final class Siege {
  /// Between an attempt that failed and the next, so that attackers do not merely busy themselves.
  private static final Duration RESPITE = Duration.ofMillis(50);

  private final InetSocketAddress server;
  private final long end;
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final LongAdder connected = new LongAdder();

  /// What attackers did and met.
  ///
  /// @param connected how often one of them was connected
  /// @param outcomes how often each outcome was met: HTTP statuses, and other ends of a connection
  record Toll(long connected, Map<String, Long> outcomes) {}

  private Siege(InetSocketAddress server, Duration duration) {
    this.server = server;
    this.end = System.nanoTime() + duration.toNanos();
  }

  /// Lets `attack` run for `duration`.
  ///
  /// @param whenOver what to do then, before the attackers let go of the server
  static Toll lay(Attack attack, InetSocketAddress server, Duration duration, Runnable whenOver)
      throws InterruptedException {
    Siege siege = new Siege(server, duration);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < attack.connections(); i++) {
      threads.add(Thread.ofVirtual().start(() -> siege.repeat(attack.attacker())));
    }
    siege.pause(duration);
    whenOver.run();
    siege.open.forEach(Connection::close);
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    Map<String, Long> counts = new TreeMap<>();
    siege.outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
    return new Toll(siege.connected.sum(), counts);
  }

  private void repeat(Attack.Attacker attacker) {
    try {
      while (lasts()) {
        try {
          attacker.attack(this);
        } catch (IOException ended) {
          count(outcome(ended));
          pause(RESPITE);
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static String outcome(IOException ended) {
    return switch (ended) {
      case ConnectException _ -> "no connection";
      case SocketTimeoutException _ -> "no answer";
      default -> "closed";
    };
  }

  boolean lasts() {
    return System.nanoTime() < end;
  }

  /// Waits, though not longer than the attack lasts.
  void pause(Duration duration) throws InterruptedException {
    long left = Math.min(duration.toNanos(), end - System.nanoTime());
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /// Counts an outcome; not what the end of the attack itself brings about.
  void count(String outcome) {
    if (lasts()) {
      outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
    }
  }

  /// A new connection, which is closed at the latest when the attack is over.
  Connection connect() throws IOException {
    return track(Connection.open(server));
  }

  /// As [#connect()], for one who fetches next to nothing.
  Connection connectNarrowly() throws IOException {
    return track(Connection.openNarrow(server));
  }

  private Connection track(Connection connection) {
    connection.whenClosed(() -> open.remove(connection));
    open.add(connection);
    connected.increment();
    if (!lasts()) {
      connection.close();
    }
    return connection;
  }
}
