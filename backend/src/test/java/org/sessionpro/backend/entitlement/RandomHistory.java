package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// What one customer may live through, drawn at random from a seed: subscriptions of both stores
/// with renewals, cancellations, grace, restatements, refunds, reversals and upgrades, one-time
/// purchases and vouchers.
///
/// Instants lie on days, an hour beside them, or a microsecond beside them, so that equal and
/// almost equal ones are common.
public final class RandomHistory {
  /// Everything happens in the days after this.
  public static final Instant START = Payments.T;

  private static final List<Integer> LENGTHS = List.of(1, 7, 30, 30, 30, 90, 365);
  private static final List<Duration> JITTER =
      List.of(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofHours(-1),
          Duration.ofNanos(1_000),
          Duration.ofNanos(-1_000),
          Duration.ofHours(13));

  private final Random random;
  private final AccountId owner;
  private final @Nullable BindingOf bindings;
  private final Map<PaymentKey, List<PaymentFact>> payments = new LinkedHashMap<>();

  /// The binding that the stores state; null for none.
  @FunctionalInterface
  public interface BindingOf {
    @Nullable Binding of(PaymentKey key);
  }

  private RandomHistory(Random random, AccountId owner, @Nullable BindingOf bindings) {
    this.random = random;
    this.owner = owner;
    this.bindings = bindings;
    int purchases = 1 + random.nextInt(4);
    for (int i = 0; i < purchases; i++) {
      purchase(i);
    }
  }

  /// A history in which every payment is bound to one account.
  public static RandomHistory bound(Random random) {
    return new RandomHistory(random, Payments.OWNER, null);
  }

  /// A history in which payments carry the stores' bindings and no owner yet.
  public static RandomHistory pending(Random random, BindingOf bindings) {
    return new RandomHistory(random, Payments.OWNER, bindings);
  }

  /// Facts by payment, in no particular order but that a payment is witnessed first.
  public Map<PaymentKey, List<PaymentFact>> payments() {
    return Collections.unmodifiableMap(payments);
  }

  private void purchase(int number) {
    String name = "S" + number + "-" + Long.toHexString(random.nextLong());
    switch (random.nextInt(7)) {
      case 0, 1 -> googleSubscription(name);
      case 2, 3 -> appleSubscription(name);
      case 4 -> voucherTerm(name);
      default -> credit(name);
    }
  }

  private void googleSubscription(String token) {
    Instant purchased = instant(300);
    int cycles = 1 + random.nextInt(4);
    for (int i = 0; i < cycles; i++) {
      PaymentKey key = PaymentKey.google(new PurchaseToken(token), new OrderId("O" + i));
      List<PaymentFact> facts = cycle(key, purchased);
      Instant expiry = expiry(facts);
      if (chance(20)) {
        RevokedFor reason = chance(50) ? RevokedFor.VOIDED : RevokedFor.REVOKED;
        facts.add(new Revoked(within(purchased, expiry), reason, false));
      }
      purchased = renewal(facts, expiry);
    }
  }

  private void appleSubscription(String original) {
    Instant purchased = instant(300);
    int cycles = 1 + random.nextInt(4);
    for (int i = 0; i < cycles; i++) {
      PaymentKey key =
          PaymentKey.appleLineItem(new TransactionId(original), new OrderId("web" + i));
      List<PaymentFact> facts = cycle(key, purchased);
      Instant expiry = expiry(facts);
      appleLosses(facts, purchased, expiry);
      purchased = renewal(facts, expiry);
    }
  }

  private void appleLosses(List<PaymentFact> facts, Instant from, Instant until) {
    if (!chance(35)) {
      return;
    }
    List<RevokedFor> reasons = List.of(RevokedFor.REFUND, RevokedFor.FAMILY, RevokedFor.SUPERSEDED);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      RevokedFor reason = pick(reasons);
      boolean inferred = reason == RevokedFor.SUPERSEDED && chance(50);
      facts.add(new Revoked(within(from, until), reason, inferred));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      facts.add(new Reinstated(within(from, until)));
    }
  }

  private void voucherTerm(String order) {
    Instant purchased = instant(300);
    Instant expiry = purchased.plus(days(pick(LENGTHS)));
    PaymentKey key = PaymentKey.voucher(new OrderId(order));
    register(key, purchased)
        .add(new TermsStated(expiry, Duration.ZERO, false, false, purchased, true));
  }

  private void credit(String name) {
    Instant purchased = instant(300);
    PaymentKey key =
        switch (random.nextInt(3)) {
          case 0 -> PaymentKey.google(new PurchaseToken(name), new OrderId("once"));
          case 1 -> PaymentKey.appleTransaction(new TransactionId(name), new TransactionId(name));
          default -> PaymentKey.voucher(new OrderId(name));
        };
    List<PaymentFact> facts = register(key, purchased);
    Duration length = days(pick(LENGTHS)).plus(chance(20) ? Duration.ofMinutes(7) : Duration.ZERO);
    facts.add(new CreditOpened(length, purchased));
    if (key.provider() != PaymentProvider.STF && chance(25)) {
      facts.add(new Revoked(within(purchased, purchased.plus(length)), RevokedFor.REFUND, false));
      if (chance(40)) {
        facts.add(new Reinstated(within(purchased, purchased.plus(length))));
      }
    }
  }

  private List<PaymentFact> cycle(PaymentKey key, Instant purchased) {
    List<PaymentFact> facts = register(key, purchased);
    Instant expiry = purchased.plus(days(pick(LENGTHS))).plus(pick(JITTER));
    Instant end = expiry.isAfter(purchased) ? expiry : purchased.plus(days(1));
    facts.add(new TermsStated(end, Duration.ZERO, true, false, purchased, true));
    int statements = random.nextInt(4);
    for (int i = 0; i < statements; i++) {
      facts.add(statement(purchased, end));
    }
    return facts;
  }

  /// A statement of any of expiry, flag, grace and retry.
  private TermsStated statement(Instant purchased, Instant expiry) {
    Instant statedAt = within(purchased, expiry);
    boolean complete = chance(50);
    Instant stated = chance(30) ? expiry.plus(days(random.nextInt(20) - 10)) : expiry;
    if (stated.isBefore(purchased)) {
      stated = purchased;
    }
    if (chance(30)) {
      return new TermsStated(stated, null, null, null, statedAt, complete);
    }
    return new TermsStated(
        chance(50) ? stated : null,
        chance(70) ? days(pick(List.of(0, 0, 3, 16))) : null,
        chance(70) ? chance(60) : null,
        chance(70) ? chance(30) : null,
        statedAt,
        complete);
  }

  /// Says of a cycle that a newer one renewed it, and when that begins.
  private Instant renewal(List<PaymentFact> facts, Instant expiry) {
    Instant next = expiry.plus(days(pick(List.of(0, 0, 0, -1, 2, 20)))).plus(pick(JITTER));
    if (chance(80)) {
      Duration grace = days(pick(List.of(0, 0, 16)));
      facts.add(new TermsStated(null, grace, false, false, next, true));
    }
    return next;
  }

  private List<PaymentFact> register(PaymentKey key, Instant purchased) {
    List<PaymentFact> facts = new ArrayList<>();
    facts.add(
        new Witnessed(
            Product.of(new Plan("1m")),
            purchased,
            bindings == null ? null : bindings.of(key),
            true,
            Instant.EPOCH,
            Source.STORE,
            null));
    if (bindings == null) {
      Instant at = purchased.plus(days(pick(List.of(0, 0, 0, 1, 20)))).plus(pick(JITTER));
      facts.add(new Claimed(owner, at, ClaimedBy.TOUCH));
    }
    payments.put(key, facts);
    return facts;
  }

  private static Instant expiry(List<PaymentFact> facts) {
    return facts.stream()
        .filter(TermsStated.class::isInstance)
        .map(fact -> ((TermsStated) fact).expiry())
        .findFirst()
        .orElseThrow();
  }

  private Instant within(Instant from, Instant until) {
    long days = Duration.between(from, until).toDays() + 20;
    return from.plus(days(random.nextLong(days) - 2)).plus(pick(JITTER));
  }

  private Instant instant(int bound) {
    return START.plus(days(random.nextInt(bound))).plus(pick(JITTER));
  }

  private static Duration days(long count) {
    return Duration.ofDays(count);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <E> E pick(List<E> list) {
    return list.get(random.nextInt(list.size()));
  }
}
