package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RandomHistory;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;

/// Random customers, counted by a census and again by the naive one, for days, weeks and months.
///
/// `-Dcensus.histories=N` sets how many crowds there are on SQLite (half of them on PostgreSQL),
/// `-Dcensus.histories.seed=N` which.
class CensusHistoriesTest {
  private static final int CROWDS = Integer.getInteger("census.histories", 6);
  private static final int CUSTOMERS = 25;
  private static final List<String> PLANS =
      List.of("1m", "1m", "3m", "1y", "12m", "7d", "lifetime");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aCensusAgreesWithTheNaiveOneOverAllFacts(Engine engine) {
    int crowds =
        switch (engine) {
          case SQLITE -> CROWDS;
          case POSTGRESQL -> Math.ceilDiv(CROWDS, 2);
        };
    long first = Long.getLong("census.histories.seed", 20_261_127);
    System.out.printf("%d crowds counted on %s from seed %d%n", crowds, engine, first);
    Map<Figure, Long> seen = new EnumMap<>(Figure.class);
    for (long seed = first; seed < first + crowds; seed++) {
      try (LedgerFixture it = new LedgerFixture(engine, folder)) {
        Random random = new Random(seed);
        fill(it, random);
        for (int days : new int[] {1, 7, 30}) {
          compare(it, periods(random, days), "seed " + seed, seen);
        }
      }
    }
    assertThat(seen.keySet())
        .as("figures that were ever above zero")
        .hasSize(Figure.values().length);
  }

  private static Periods periods(Random random, int days) {
    Instant begin = RandomHistory.START.plus(Duration.ofDays(random.nextInt(250)));
    int count = 3 + random.nextInt(20);
    List<Instant> bounds =
        IntStream.rangeClosed(0, count)
            .mapToObj(i -> begin.plus(Duration.ofDays((long) i * days)))
            .toList();
    Duration length = Duration.between(begin, bounds.getLast());
    Instant now = begin.plus(Duration.ofMinutes(random.nextLong(length.toMinutes() * 5 / 4)));
    return new Periods(bounds, now);
  }

  private static void compare(
      LedgerFixture it, Periods periods, String name, Map<Figure, Long> seen) {
    Census census =
        it.database.snapshot(
            handle -> new CensusTaker(handle, periods, RenewalAllowance.DEFAULT, _ -> {}).take());
    NaiveCensus naive = it.database.snapshot(handle -> naive(handle, periods));
    for (Figure figure : Figure.values()) {
      for (int period = 0; period < periods.size(); period++) {
        long expected = naive.count(figure, period);
        assertThat(census.count(figure, period))
            .as("%s: %s of period %d of %s", name, figure, period, periods)
            .isEqualTo(expected);
        if (expected > 0) {
          seen.merge(figure, expected, Long::sum);
        }
      }
    }
  }

  private static NaiveCensus naive(Handle handle, Periods periods) {
    Map<RegisteredPayment, List<PaymentFact>> facts = new LinkedHashMap<>();
    handle
        .createQuery("SELECT id, provider, subscription_key, cycle_key FROM payments")
        .map((row, _) ->
            Map.entry(
                new PaymentId(row.getLong("id")),
                new PaymentKey(
                    PaymentProvider.ofCode(row.getString("provider")).orElseThrow(),
                    row.getString("subscription_key"),
                    row.getString("cycle_key"))))
        .list()
        .forEach(one -> {
          List<PaymentFact> all = FactTable.of(handle, one.getKey());
          facts.put(new RegisteredPayment(one.getKey(), Payment.replay(one.getValue(), all)), all);
        });
    Map<AccountId, Instant> checkpoints = new HashMap<>();
    handle
        .createQuery(
            "SELECT id, credits_checkpoint_at FROM accounts WHERE credits_checkpoint_at IS NOT NULL")
        .map((row, _) ->
            Map.entry(
                new AccountId(row.getLong("id")), Columns.instant(row, "credits_checkpoint_at")))
        .forEach(one -> checkpoints.put(one.getKey(), one.getValue()));
    return new NaiveCensus(facts, checkpoints, periods);
  }

  /// Customers of whom some never come for what they bought.
  private static void fill(LedgerFixture it, Random random) {
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      MasterKey owner = owner(i);
      RandomHistory.pending(random, key -> binding(random, owner, key))
          .payments()
          .forEach((key, facts) -> statements.add(statement(random, owner, key, facts)));
    }
    Collections.shuffle(statements, random);
    Instant now = RandomHistory.START;
    for (int from = 0; from < statements.size(); from += 10) {
      now = now.plus(Duration.ofDays(random.nextInt(40)));
      it.ledger.record(statements.subList(from, Math.min(from + 10, statements.size())), now);
      it.ledger.visit(owner(random.nextInt(CUSTOMERS)), now, now).bind();
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      if (random.nextInt(10) > 0) {
        it.ledger.visit(owner(i), now, now).bind();
      }
    }
  }

  private static Statement statement(
      Random random, MasterKey owner, PaymentKey key, List<PaymentFact> history) {
    List<PaymentFact> facts = new ArrayList<>(history);
    facts.set(0, ofAnyPlan(random, (Witnessed) facts.getFirst()));
    Instant later = facts.getFirst().happenedAt().plus(Duration.ofDays(random.nextInt(40)));
    if (random.nextInt(10) == 0) {
      facts.add(new RefundRequested(later, later));
    }
    if (random.nextInt(10) == 0) {
      facts.add(new Voided(later));
    }
    if (random.nextInt(20) == 0) {
      facts.add(new Hidden(later));
    }
    Statement.Claim claim =
        key.provider() == PaymentProvider.STF
            ? new Statement.Claim(owner, facts.getFirst().happenedAt(), ClaimedBy.MINT)
            : null;
    return new Statement(key, facts, claim);
  }

  private static Witnessed ofAnyPlan(Random random, Witnessed witnessed) {
    return new Witnessed(
        Product.of(new Plan(PLANS.get(random.nextInt(PLANS.size())))),
        witnessed.purchasedAt(),
        witnessed.binding(),
        witnessed.claimable(),
        witnessed.refundDeadline(),
        witnessed.source(),
        witnessed.transaction());
  }

  private static @Nullable Binding binding(Random random, MasterKey owner, PaymentKey key) {
    return random.nextInt(8) == 0
        ? null
        : OwnerIds.of(owner).all().stream()
            .filter(id -> id.fits(key.provider()))
            .findFirst()
            .orElse(null);
  }

  private static MasterKey owner(int number) {
    byte[] bytes = ByteBuffer.allocate(32).putInt(number + 1).array();
    return new MasterKey(ByteString.of(bytes));
  }
}
