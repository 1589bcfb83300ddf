package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.CreditSchedule.Consumed;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.Settlement.Settled;

/// What holds of every history: the order of facts and the times of asking do not matter, and
/// nothing comes or goes by itself (`entitlement.md` §6, §8, §10, `decisions.md` §4).
class EntitlementPropertiesTest {
  private static final RenewalAllowance ALLOWANCE = RenewalAllowance.DEFAULT;
  private static final Settlement SETTLEMENT = new Settlement(ALLOWANCE);

  /// Behind everything that a [RandomHistory] states.
  private static final Instant END = RandomHistory.START.plus(Duration.ofDays(3_000));

  @Test
  void theOrderAndRepetitionOfFactsDoNotMatter() {
    SeededRuns.of(
        "fact.orders",
        3_000,
        random ->
            RandomHistory.bound(random)
                .payments()
                .forEach((key, facts) -> {
                  List<PaymentFact> shuffled = new ArrayList<>(facts.subList(1, facts.size()));
                  shuffled.addAll(facts.subList(1, facts.size()));
                  Collections.shuffle(shuffled, random);
                  shuffled.addFirst(facts.getFirst());
                  assertThat(Payment.replay(key, shuffled)).isEqualTo(Payment.replay(key, facts));
                }));
  }

  @Test
  void askingInBetweenDoesNotMatter() {
    SeededRuns.of(
        "credit.passes",
        3_000,
        random -> {
          List<RegisteredPayment> payments = payments(random);
          Passes once = new Passes(payments).settle(END);

          Passes often = new Passes(payments);
          asking(random).forEach(often::settle);
          often.settle(END);

          assertThat(often.account.entitlement()).isEqualTo(once.account.entitlement());
          assertThat(often.account.carrier()).isEqualTo(once.account.carrier());
          assertThat(often.payments).isEqualTo(once.payments);
        });
  }

  @Test
  void whatACreditGrantedIsChargedOrLeft() {
    SeededRuns.of(
        "credit.lengths",
        3_000,
        random -> {
          Passes passes = new Passes(payments(random));
          asking(random).forEach(passes::settle);

          Duration granted = Duration.ZERO;
          Duration served = Duration.ZERO;
          for (RegisteredPayment one : passes.payments) {
            Payment.Credit credit = one.payment().credit();
            if (credit != null) {
              Duration charged = passes.charged.getOrDefault(one.id(), Duration.ZERO);
              assertThat(credit.remaining().plus(charged)).isEqualTo(credit.granted());
              assertThat(charged).isBetween(Duration.ZERO, credit.granted());
              granted = granted.plus(credit.granted());
              served = served.plus(charged);
            }
          }
          assertThat(served).isLessThanOrEqualTo(granted);
        });
  }

  @Test
  void creditsServeNoMoreThanTheTimeThatPassed() {
    SeededRuns.of(
        "credit.time",
        3_000,
        random -> {
          List<RegisteredPayment> payments = payments(random);
          Instant from = RandomHistory.START.plus(Duration.ofDays(random.nextInt(500)));
          Instant until = from.plus(Duration.ofHours(random.nextInt(2_000)));

          Duration served = consumed(payments, until).minus(consumed(payments, from));

          assertThat(served).isBetween(Duration.ZERO, Duration.between(from, until));
        });
  }

  @Test
  void coverageNeitherGrowsNorShrinksWithoutAFact() {
    int[] compared = {0};
    SeededRuns.of(
        "coverage.times",
        3_000,
        random -> {
          List<RegisteredPayment> payments = payments(random);
          Instant first = settledDown(payments).plus(Duration.ofHours(random.nextInt(500)));
          Instant later = first.plus(Duration.ofHours(random.nextInt(5_000)));
          if (everyCycleIsOutlivedByItsSuccessor(payments)) {
            compared[0]++;
            assertThat(SETTLEMENT.coverageEnd(payments, later))
                .isEqualTo(SETTLEMENT.coverageEnd(payments, first));
          }
        });
    assertThat(compared[0]).isGreaterThan(500);
  }

  @Test
  void aRevocationNeverGivesCoverageNorLetsOneFactTakeMoreThanItsPayment() {
    SeededRuns.of(
        "losses",
        3_000,
        random -> {
          RegisteredPayment credit =
              Payments.credit(1, Payments.T, Duration.ofDays(1 + random.nextInt(60)));
          RegisteredPayment one = cycle(2, "A", random);
          RegisteredPayment other = cycle(3, "B", random);
          Instant at = Payments.day(random.nextInt(200));
          Instant now = at.plus(Duration.ofHours(random.nextInt(48)));
          RegisteredPayment refunded =
              one.apply(new Revoked(at, PaymentFact.RevokedFor.REFUND, false));

          Instant without = coverage(List.of(credit, other), now);
          Instant before = coverage(List.of(credit, one, other), now);
          Instant after = coverage(List.of(credit, refunded, other), now);

          assertThat(after).isBetween(without, before);
        });
  }

  @Test
  void aSecondPurchaseNeverTakesCoverage() {
    SeededRuns.of(
        "gains",
        3_000,
        random -> {
          List<RegisteredPayment> payments = payments(random);
          Instant now = settledDown(payments).plus(Duration.ofHours(random.nextInt(500)));
          Instant purchased = now.minus(Duration.ofHours(random.nextInt(500)));
          int id = payments.size() + 1;
          RegisteredPayment bought =
              random.nextBoolean()
                  ? Payments.credit(id, purchased, Duration.ofDays(30))
                  : Payments.cycle(id, "new", purchased, purchased.plusSeconds(2_592_000), true);
          List<RegisteredPayment> more = new ArrayList<>(payments);
          more.add(bought);

          Instant before = SETTLEMENT.coverageEnd(payments, now);
          Instant after = SETTLEMENT.coverageEnd(more, now);

          assertThat(after).isNotNull();
          if (before != null) {
            assertThat(after).isAfterOrEqualTo(before);
          }
        });
  }

  private static RegisteredPayment cycle(int id, String subscription, Random random) {
    Instant purchased = Payments.day(random.nextInt(60));
    Instant expiry = purchased.plus(Duration.ofDays(1 + random.nextInt(90)));
    return Payments.cycle(id, subscription, purchased, expiry, random.nextBoolean());
  }

  private static Instant coverage(List<RegisteredPayment> payments, Instant now) {
    Instant end = SETTLEMENT.coverageEnd(payments, now);
    return end == null ? Instant.MIN : end;
  }

  private static Duration consumed(List<RegisteredPayment> payments, Instant now) {
    return CreditSchedule.consumedBy(now, payments, ALLOWANCE).values().stream()
        .map(Consumed::amount)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static List<RegisteredPayment> payments(Random random) {
    List<RegisteredPayment> payments = new ArrayList<>();
    RandomHistory.bound(random)
        .payments()
        .forEach((key, facts) ->
            payments.add(
                new RegisteredPayment(
                    new PaymentId(payments.size() + 1L), Payment.replay(key, facts))));
    return payments;
  }

  private static List<Instant> asking(Random random) {
    List<Instant> times = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      times.add(RandomHistory.START.plus(Duration.ofHours(random.nextInt(24 * 900))));
    }
    Collections.sort(times);
    return times;
  }

  /// When every cycle has begun, every payment is bound and every refund has happened: before, what
  /// is known of the future would still have to take effect.
  private static Instant settledDown(List<RegisteredPayment> payments) {
    Instant latest = RandomHistory.START;
    for (RegisteredPayment one : payments) {
      Payment.Owner owner = one.payment().owner();
      Losses.Revocation revocation = one.payment().revocation();
      latest = later(latest, one.purchasedAt());
      latest = later(latest, owner == null ? latest : owner.redeemedAt());
      latest = later(latest, revocation == null ? latest : revocation.at());
    }
    return latest;
  }

  /// Credits wait while any cycle runs, the account ends with the newest: where an older cycle runs
  /// longer than the newest of its subscription, or renews beside it, credits and account disagree
  /// by design.
  private static boolean everyCycleIsOutlivedByItsSuccessor(List<RegisteredPayment> payments) {
    List<RegisteredPayment> terms =
        payments.stream().filter(p -> p.payment().credit() == null).toList();
    Instant end = null;
    for (RegisteredPayment newest : EntitlementFold.newestCycles(terms)) {
      end = later(end, ownCoverage(newest));
    }
    for (RegisteredPayment one : terms) {
      boolean succeeded = hasSuccessor(one, terms);
      if (succeeded && one.payment().isRenewing()) {
        return false;
      }
      if (end == null || furthestCovered(one.payment(), succeeded).isAfter(end)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasSuccessor(RegisteredPayment one, List<RegisteredPayment> terms) {
    return terms.stream()
        .filter(p -> p.payment().key().sameSubscription(one.payment().key()))
        .anyMatch(p -> EntitlementFold.NEWEST_FIRST.compare(p, one) < 0);
  }

  private static Instant furthestCovered(Payment payment, boolean succeeded) {
    boolean servesGrace = payment.revocation() == null && (succeeded || payment.isRenewing());
    return ALLOWANCE.coverageEnd(termEnd(payment), payment.terms().grace(), servesGrace);
  }

  private static Instant ownCoverage(RegisteredPayment one) {
    Payment payment = one.payment();
    return ALLOWANCE.coverageEnd(termEnd(payment), payment.terms().grace(), payment.isRenewing());
  }

  private static Instant termEnd(Payment payment) {
    Instant end = payment.termEnd();
    if (end == null) {
      throw new IllegalStateException("a cycle has a term");
    }
    return end;
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }

  /// An account that is settled again and again, with charges written back.
  private static final class Passes {
    private final List<RegisteredPayment> payments;
    private final Map<PaymentId, Duration> charged = new HashMap<>();
    private Account account = Payments.account(new Entitlement(Payments.T, null, false));

    Passes(List<RegisteredPayment> payments) {
      this.payments = new ArrayList<>(payments);
    }

    Passes settle(Instant now) {
      Settled settled = SETTLEMENT.settle(account, payments, Draws.drawing(new Random(1)), now);
      account = settled.account();
      payments.replaceAll(one -> {
        CreditCharged charge = settled.charges().get(one.id());
        if (charge == null) {
          return one;
        }
        charged.merge(one.id(), charge.amount(), Duration::plus);
        return one.apply(charge);
      });
      return this;
    }
  }
}
