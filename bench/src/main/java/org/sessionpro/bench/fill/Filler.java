package org.sessionpro.bench.fill;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;

/// Fills a database through the ledger, the one writer of its tables, so that every row is what its
/// facts make of it.
public final class Filler {
  /// Less than a revocation list holds an entry.
  private static final Duration LISTED = Duration.ofDays(30);

  private final DatabaseUrl database;
  private final Population population;
  private final Crypto crypto;
  private final Instant now;

  /// @param now our clock, by which accounts are provable; taken to the millisecond
  public Filler(DatabaseUrl database, Population population, Crypto crypto, Instant now) {
    this.database = database;
    this.population = population;
    this.crypto = crypto;
    this.now = Instant.ofEpochMilli(now.toEpochMilli());
  }

  /// Makes every account of the population. A server may be running on the database.
  ///
  /// @param made called with the number of accounts so far, by any thread
  public void fill(IntConsumer made) throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    try (Ledger ledger = open()) {
      forEach(
          population.size(),
          index -> {
            for (Telling telling : life(index).tellings()) {
              ledger.record(telling.statements(), telling.learnedAt());
            }
            made.accept(done.incrementAndGet());
          });
    }
  }

  /// Revokes generations of accounts that stand, so that the list has `count` entries more; the
  /// accounts go on under new ones. Their stamps lie within the last thirty days.
  public void revoke(int count) throws InterruptedException {
    int[] standing = population.sampleProvable(count).toArray();
    if (standing.length == 0 && count > 0) {
      throw new IllegalArgumentException("there is no account whose generation could be revoked");
    }
    try (Ledger ledger = open()) {
      forEach(
          Math.min(count, standing.length),
          slot -> {
            int index = standing[slot];
            MasterKey owner = owner(index);
            List<Telling> tellings = life(index).tellings();
            Instant known = tellings.getLast().learnedAt();
            // Several times if there are fewer accounts than revocations.
            for (int i = slot; i < count; i += standing.length) {
              if (!ledger.revoke(owner, "bench", stamp(known, i))) {
                throw new IllegalStateException("an account that stands cannot be revoked");
              }
            }
          });
    }
  }

  private Instant stamp(Instant earliest, int number) {
    Instant listed = now.minus(LISTED);
    Instant from = earliest.isBefore(listed) ? listed : earliest;
    long room = Math.max(1, Duration.between(from, now).toMillis());
    return from.plusMillis(new Random(number).nextLong(room));
  }

  private AccountLife life(int index) {
    return AccountLife.of(population, index, owner(index), now);
  }

  private MasterKey owner(int index) {
    return new MasterKey(crypto.signingKey(population.masterSeed(index)).publicKey());
  }

  private Ledger open() {
    return Ledger.open(database, RenewalAllowance.DEFAULT, new SecureRandom());
  }

  /// Accounts told at the same time. SQLite commits together what waits; on PostgreSQL a connection
  /// is not waited for for long, and there are ten.
  private int atOnce() {
    return switch (database) {
      case DatabaseUrl.Sqlite _ -> 256;
      case DatabaseUrl.Postgres _ -> 16;
    };
  }

  private void forEach(int count, IntConsumer work) throws InterruptedException {
    Semaphore room = new Semaphore(atOnce());
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count && failure.get() == null; i++) {
        int index = i;
        room.acquire();
        threads.execute(() -> {
          try {
            work.accept(index);
          } catch (RuntimeException | Error failed) {
            failure.compareAndSet(null, failed);
          } finally {
            room.release();
          }
        });
      }
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(
          "the database could not be filled: " + failed.getMessage(), failed);
    }
  }
}
