package org.sessionpro.bench.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.sessionpro.protocol.crypto.Crypto;

/// What a request costs if nothing is done but its cryptography. No server can be cheaper on this
/// machine with these libraries.
public final class CryptoFloor {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration ROUND = Duration.ofMillis(600);
  private static final int ROUNDS = 5;

  /// Reading a thread's clock is a system call.
  private static final int BETWEEN_LOOKS = 50;

  private CryptoFloor() {}

  /// Processor time of one request in µs, on one thread that has warmed up: the median of five
  /// rounds. Takes five seconds, best while the server is idle.
  public static double micros(Workload workload, Crypto crypto) {
    RequestCrypto request = new RequestCrypto(workload, crypto);
    if (request.isEmpty()) {
      return 0;
    }
    round(request, WARM_UP);
    return DoubleStream.generate(() -> round(request, ROUND))
        .limit(ROUNDS)
        .sorted()
        .skip(ROUNDS / 2)
        .findFirst()
        .orElseThrow();
  }

  /// Processor time and not the clock, because another process may take the core away.
  private static double round(RequestCrypto request, Duration length) {
    long start = THREADS.getCurrentThreadCpuTime();
    long end = start + length.toNanos();
    long requests = 0;
    long now = start;
    while (now < end) {
      for (int i = 0; i < BETWEEN_LOOKS; i++) {
        request.run();
      }
      requests += BETWEEN_LOOKS;
      now = THREADS.getCurrentThreadCpuTime();
    }
    return (double) (now - start) / TimeUnit.MICROSECONDS.toNanos(requests);
  }
}
