package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.T;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// Random subscriptions whose cycles become known in any order: whoever owns the first gets every
/// cycle that he would get, had each been heard of in its time (`entitlement.md` §4.2).
class ContinuationOrdersTest {
  private static final long SEED = Long.getLong("continuation.seed", 20_261_126);
  private static final int LIVES = Integer.getInteger("continuation.lives", 60);
  private static final int ORDERS = 4;
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir Path folder;

  /// A cycle as the App Store tells of it, and what its purchase says of the cycle before.
  private record Cycle(int number, Statement own, Statement ofPrevious) {}

  @ParameterizedTest
  @EnumSource(Engine.class)
  void lateDeliveryTakesNoCycleFromItsOwner(Engine engine) {
    System.out.println(LIVES + " subscriptions on " + engine + " from seed " + SEED);
    try (LedgerFixture it = new LedgerFixture(engine, folder)) {
      for (int life = 0; life < LIVES; life++) {
        Random random = new Random(SEED + life);
        long shape = random.nextLong();
        Set<String> inOrder = owned(it, life * (ORDERS + 1), cycles(life * (ORDERS + 1), shape));
        for (int order = 1; order <= ORDERS; order++) {
          int subject = life * (ORDERS + 1) + order;
          List<Cycle> shuffled = new ArrayList<>(cycles(subject, shape));
          Collections.shuffle(shuffled, random);
          assertThat(owned(it, subject, shuffled))
              .as("seed %d, life %d, order %d", SEED, life, order)
              .containsAll(inOrder);
        }
      }
    }
  }

  /// The cycles that the buyer owns and that stand once everything is told: one that is superseded
  /// before it finds its owner stays nobody's (`decisions-stores.md` §2.2).
  private static Set<String> owned(LedgerFixture it, int subject, List<Cycle> cycles) {
    MasterKey buyer = LedgerFixture.key(subject + 1);
    Instant now = T.plus(MONTH.multipliedBy(20));
    Set<PaymentKey> known = new HashSet<>();
    List<Statement> waiting = new ArrayList<>();
    for (Cycle cycle : cycles) {
      Statement own = cycle.own();
      Statement.Claim claim = new Statement.Claim(buyer, T, ClaimedBy.TOKEN);
      known.add(own.key());
      waiting.add(cycle.ofPrevious());
      List<Statement> told = new ArrayList<>();
      told.add(cycle.number() == 0 ? new Statement(own.key(), own.facts(), claim) : own);
      waiting.stream().filter(one -> known.contains(one.key())).forEach(told::add);
      waiting.removeIf(one -> known.contains(one.key()));
      it.ledger.record(told, now);
      now = now.plusSeconds(60);
    }
    return it.ledger.page(buyer, null, 100, now).stream()
        .flatMap(page -> page.payments().stream())
        .filter(one -> one.payment().isStanding())
        .map(one -> one.payment().key().cycle())
        .collect(Collectors.toSet());
  }

  private static List<Cycle> cycles(int subject, long shape) {
    Random random = new Random(shape);
    List<Cycle> cycles = new ArrayList<>();
    Instant purchased = T;
    int count = 2 + random.nextInt(4);
    for (int number = 0; number < count; number++) {
      Instant expiry = purchased.plus(MONTH);
      Duration grace = random.nextBoolean() ? Duration.ofDays(16) : Duration.ZERO;
      List<PaymentFact> facts = new ArrayList<>();
      facts.add(
          new Witnessed(
              Product.of(new Plan("1m")), purchased, null, true, expiry, Source.STORE, null));
      facts.add(new TermsStated(expiry, grace, true, null, purchased, true));
      if (random.nextInt(5) == 0) {
        facts.add(
            new TermsStated(null, null, false, null, purchased.plus(MONTH.dividedBy(2)), true));
      }
      cycles.add(
          new Cycle(
              number,
              Statement.of(key(subject, number), facts.toArray(PaymentFact[]::new)),
              Statement.of(key(subject, number - 1), succeeded(random, purchased))));
      purchased = expiry.plus(Duration.ofHours(random.nextInt(24 * 20)));
    }
    return cycles;
  }

  /// What a purchase says of the cycle before.
  private static PaymentFact succeeded(Random random, Instant purchased) {
    return random.nextInt(4) == 0
        ? new Revoked(purchased, RevokedFor.SUPERSEDED, false)
        : new TermsStated(null, null, false, null, purchased, true);
  }

  private static PaymentKey key(int subject, int number) {
    return PaymentKey.appleLineItem(
        new TransactionId("subscription-" + subject), new OrderId("cycle-" + number));
  }
}
