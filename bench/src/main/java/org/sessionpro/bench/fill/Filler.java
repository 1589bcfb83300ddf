package org.sessionpro.bench.fill;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
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

  private static final String REASON = "bench";

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
      Crowd.before(database)
          .each(
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
      Crowd.before(database)
          .each(
              Math.min(count, standing.length),
              slot -> {
                // Several times if there are fewer accounts than revocations.
                int times = (count - slot + standing.length - 1) / standing.length;
                revoke(ledger, standing[slot], times);
              });
    }
  }

  private void revoke(Ledger ledger, int index, int times) {
    Instant known = life(index).tellings().getLast().learnedAt();
    Instant from = Collections.max(List.of(known, now.minus(LISTED)));
    long interval = Duration.between(from, now).toMillis() / times;
    Random random = new Random(index);
    for (int i = 0; i < times; i++) {
      Instant stamp = from.plusMillis(i * interval + random.nextLong(Math.max(1, interval)));
      if (!ledger.revoke(owner(index), REASON, stamp)) {
        throw new IllegalStateException("an account that stands cannot be revoked");
      }
    }
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
}
