package org.sessionpro.backend.store.apple;

import com.apple.itunes.storekit.verification.VerificationException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.SignedData.Chain;

/// Asks whoever issued Apple's certificates whether they still stand (`app-store.md` §1.2). What does
/// stand is believed to do so for another 15 minutes.
///
/// They are asked about as of now, and once they have ended as of their end: what was signed cannot
/// choose an instant at which nobody had taken its certificate back yet.
final class CertificateStanding {
  private static final Duration BELIEVED = Duration.ofMinutes(15);

  /// More than Apple ever uses at once.
  private static final int MOST_CHAINS = 100;

  /// Questions at the same time; each holds a connection.
  private static final int AT_ONCE = 4;

  /// How long the platform waits for a connection, and for each piece of the answer.
  private static final String PLATFORM_LIMIT = "com.sun.security.ocsp.timeout";

  private final RootCertificates roots;
  private final InstantSource clock;
  private final Patience patience;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Map<List<String>, Instant> good = new ConcurrentHashMap<>();

  /// How long an answer may take, in real time.
  ///
  /// @param question both certificates together
  record Patience(Duration question) {
    static final Patience STANDARD = new Patience(Duration.ofSeconds(10));
  }

  CertificateStanding(RootCertificates roots, InstantSource clock, Patience patience) {
    this.roots = roots;
    this.clock = clock;
    this.patience = patience;
    // Read once by the platform; its own limit of 15 s is longer than ours.
    if (System.getProperty(PLATFORM_LIMIT) == null) {
      System.setProperty(
          PLATFORM_LIMIT, Long.toString(Math.max(1, patience.question().toSeconds() / 2)));
    }
  }

  /// How a chain stands that was found to hold otherwise.
  Chain of(CertificateChain chain) {
    Instant now = clock.instant();
    List<String> key = chain.texts().subList(0, 2);
    Instant until = good.get(key);
    if (until != null && now.isBefore(until) && !until.isAfter(now.plus(BELIEVED))) {
      return Chain.GOOD;
    }
    Chain answer = ask(chain, now);
    if (answer == Chain.GOOD) {
      if (good.size() >= MOST_CHAINS) {
        good.clear();
      }
      good.put(key, now.plus(BELIEVED));
    }
    return answer;
  }

  private Chain ask(CertificateChain chain, Instant now) {
    long deadline = System.nanoTime() + patience.question().toNanos();
    FutureTask<Chain> question = new FutureTask<>(() -> judge(chain, now));
    try {
      if (!places.tryAcquire(patience.question().toMillis(), TimeUnit.MILLISECONDS)) {
        return Chain.UNDETERMINED;
      }
      try {
        Thread.ofVirtual().name("apple certificates").start(question);
        return question.get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
      } finally {
        places.release();
      }
    } catch (TimeoutException late) {
      return Chain.UNDETERMINED;
    } catch (ExecutionException failed) {
      return Chain.UNDETERMINED;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Chain.UNDETERMINED;
    } finally {
      question.cancel(true);
    }
  }

  /// Only a revocation is one: whatever else is wrong with the answer, it is no answer.
  private Chain judge(CertificateChain chain, Instant now) throws CertificateException {
    Instant end = chain.end();
    Date at = Date.from(now.isBefore(end) ? now : end);
    try {
      // A new one each time: its own memory goes by the system's clock.
      var _ = roots.verifier().verifyChain(chain.texts().toArray(String[]::new), true, at);
      return Chain.GOOD;
    } catch (VerificationException refused) {
      return isRevocation(refused) ? Chain.REVOKED : Chain.UNDETERMINED;
    }
  }

  private static boolean isRevocation(VerificationException refused) {
    for (@Nullable Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException path
          && path.getReason() == BasicReason.REVOKED) {
        return true;
      }
    }
    return false;
  }
}
