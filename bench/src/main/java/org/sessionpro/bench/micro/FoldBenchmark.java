package org.sessionpro.bench.micro;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.sessionpro.backend.entitlement.EntitlementFold;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// What the domain computes for an account with one subscription, paid by the month: from the facts
/// of all cycles to payments, and from these to the entitlement.
public class FoldBenchmark extends MicroBenchmark {
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
  private static final Duration MONTH = Duration.ofDays(30);

  @Param({"1", "24"})
  public int cycles = 1;

  private List<List<PaymentFact>> facts = List.of();
  private List<RegisteredPayment> payments = List.of();

  /// Turns to an account with that many cycles.
  @Setup
  public void payForCycles() {
    facts = new ArrayList<>();
    for (int number = 0; number < cycles; number++) {
      facts.add(cycle(START.plus(MONTH.multipliedBy(number))));
    }
    payments = replay();
  }

  private static List<PaymentFact> cycle(Instant purchased) {
    Instant expiry = purchased.plus(MONTH);
    return List.of(
        new Witnessed(
            Product.of(new Plan("1m")), purchased, null, true, expiry, Source.STORE, null),
        new TermsStated(expiry, null, true, false, purchased, true),
        new TermsStated(null, null, false, null, expiry, false));
  }

  @Benchmark
  public List<RegisteredPayment> replay() {
    List<RegisteredPayment> replayed = new ArrayList<>();
    for (int number = 0; number < facts.size(); number++) {
      PaymentKey key = PaymentKey.google(new PurchaseToken("T"), new OrderId("O" + number));
      Payment payment = Payment.replay(key, facts.get(number));
      replayed.add(new RegisteredPayment(new PaymentId(number + 1), payment));
    }
    return replayed;
  }

  @Benchmark
  public Folded fold() {
    return EntitlementFold.fold(payments, null, RenewalAllowance.DEFAULT);
  }
}
