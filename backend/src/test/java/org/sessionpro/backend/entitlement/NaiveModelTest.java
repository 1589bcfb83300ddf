package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.NaiveModel.Answer;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.Settlement.Settled;

/// The reducer, the fold and the credits against [NaiveModel], on random histories whose facts
/// arrive late and in any order while the account is settled in between.
///
/// `-Dhistories=N` sets how many, `-Dhistories.seed=N` which.
class NaiveModelTest {
  private static final int HISTORIES = Integer.getInteger("histories", 10_000);
  private static final RenewalAllowance ALLOWANCE = RenewalAllowance.DEFAULT;
  private static final Settlement SETTLEMENT = new Settlement(ALLOWANCE);

  @Test
  void randomHistoriesGiveWhatASecondReadingOfTheRulesGives() {
    long first = Long.getLong("histories.seed", 20_261_126);
    System.out.printf("%d random histories from seed %d%n", HISTORIES, first);
    for (int i = 0; i < HISTORIES; i++) {
      new Life(first + i).run();
    }
  }

  /// One history, told in a few steps.
  private static final class Life {
    private final long seed;
    private final Random random;
    private final Map<PaymentKey, List<PaymentFact>> known = new LinkedHashMap<>();
    private final Map<PaymentKey, RegisteredPayment> reduced = new LinkedHashMap<>();
    private Account account = Payments.account(new Entitlement(Payments.T, null, false));

    private record Arrival(PaymentKey key, PaymentFact witnessed, PaymentFact fact) {}

    Life(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void run() {
      RandomHistory history = RandomHistory.bound(random);
      List<Instant> steps = steps();
      Map<Instant, List<Arrival>> arrivals = new HashMap<>();
      history
          .payments()
          .forEach((key, facts) ->
              facts.forEach(fact ->
                  arrivals
                      .computeIfAbsent(
                          steps.get(random.nextInt(steps.size())), _ -> new ArrayList<>())
                      .add(new Arrival(key, facts.getFirst(), fact))));
      for (Instant step : steps) {
        arrivals.getOrDefault(step, List.of()).forEach(this::learn);
        settleAndCompare(step);
      }
    }

    private List<Instant> steps() {
      TreeSet<Instant> steps = new TreeSet<>();
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        steps.add(
            RandomHistory.START
                .plus(Duration.ofDays(random.nextInt(800)))
                .plus(Duration.ofHours(random.nextInt(3))));
      }
      return List.copyOf(steps);
    }

    /// A payment is witnessed when the first of its facts arrives.
    private void learn(Arrival arrival) {
      PaymentKey key = arrival.key();
      known
          .computeIfAbsent(key, _ -> new ArrayList<>(List.of(arrival.witnessed())))
          .add(arrival.fact());
      RegisteredPayment before =
          reduced.computeIfAbsent(
              key,
              _ ->
                  new RegisteredPayment(
                      new PaymentId(reduced.size() + 1L),
                      Payment.replay(key, List.of(arrival.witnessed()))));
      reduced.put(key, before.apply(arrival.fact()));
    }

    private void settleAndCompare(Instant now) {
      Settled settled = SETTLEMENT.settle(account, bound(), Draws.drawing(random), now);
      account = settled.account();
      settled.charges().forEach(this::charge);
      List<NaiveModel.Row> rows = new ArrayList<>();
      known.forEach((key, facts) ->
          rows.add(
              new NaiveModel.Row(
                  Objects.requireNonNull(reduced.get(key)).id().value(), key, facts)));
      compare(new NaiveModel(rows, ALLOWANCE.length()).at(now), now);
    }

    private void charge(PaymentId id, CreditCharged charge) {
      reduced.replaceAll((_, one) -> one.id().equals(id) ? one.apply(charge) : one);
    }

    private Collection<RegisteredPayment> bound() {
      return reduced.values().stream().filter(p -> p.payment().owner() != null).toList();
    }

    private void compare(Answer expected, Instant now) {
      Entitlement entitlement = account.entitlement();
      Folded folded = EntitlementFold.fold(bound(), account.creditsCheckpoint(), ALLOWANCE);
      Map<Long, Duration> remaining = new HashMap<>();
      Map<Long, Instant> spentAt = new HashMap<>();
      for (RegisteredPayment one : bound()) {
        Payment.Credit credit = one.payment().credit();
        if (credit != null) {
          remaining.put(one.id().value(), credit.remaining());
          Instant spent = one.payment().terms().expiry();
          if (spent != null) {
            spentAt.put(one.id().value(), spent);
          }
        }
      }
      assertThat(
              new Answer(
                  folded.best() == null ? null : entitlement.expiry(),
                  coverageEnd(folded.best()),
                  entitlement.grace(),
                  entitlement.renewing(),
                  coverageEnd(folded.usable()),
                  remaining,
                  spentAt))
          .as("history of seed %d at %s", seed, now)
          .isEqualTo(expected);
      boolean live =
          bound().stream()
              .anyMatch(p -> p.payment().isLiveCredit() && p.payment().revocation() == null);
      assertThat(account.creditsCheckpoint()).isEqualTo(live ? now : null);
    }

    private static @Nullable Instant coverageEnd(@Nullable Entitlement entitlement) {
      return entitlement == null ? null : entitlement.coverageEnd(ALLOWANCE);
    }
  }
}
