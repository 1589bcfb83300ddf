package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.StoreBindings;

/// Makes up what customers of summer 2026 did: purchases at both stores with renewals, cancellations,
/// grace periods and refunds, lengths of service, and what the Python service made of it. Some rows are
/// odd.
final class RandomSummer implements RandomCustomers {
  private static final Instant NOW = SummerDatabase.NOW;

  /// Before which nothing was sold.
  private static final Instant BEGINNING = Instant.parse("2025-09-01T00:00:00Z");

  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> PLANS = List.of("1m", "3m", "1y");
  private static final List<Integer> LENGTHS = List.of(30, 90, 365);

  private final Random random;
  private final List<Row> rows = new ArrayList<>();
  private long nextPayment = 1;
  private long nextGeneration = 1;

  /// @param random the same makes the same up
  RandomSummer(Random random) {
    this.random = random;
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  private Duration upTo(Duration length) {
    return Duration.ofMillis((long) (random.nextDouble() * length.toMillis()));
  }

  @Override
  public void customer(int number) {
    ByteString key = ByteString.of(PythonDatabase.key(number));
    List<V1Payment> sales = new ArrayList<>();
    for (int i = 0; i <= (oneIn(5) ? 1 : 0); i++) {
      subscription(key, number + "-" + i, sales);
    }
    Instant checkpoint = null;
    if (oneIn(12)) {
      checkpoint = credits(key, "credit-" + number, sales);
    }
    sales.sort(Comparator.comparing(sale -> sale.times().purchased()));
    if (oneIn(50) && sales.size() > 1) {
      sales.add(sales.removeFirst());
    }
    List<V1Payment> owned = new ArrayList<>();
    for (V1Payment sale : sales) {
      V1Payment payment = numbered(sale);
      boolean waits = oneIn(100) && payment.details().google() != null;
      if (!waits) {
        owned.add(payment);
      }
      write(waits ? waiting(payment) : payment, number);
    }
    if (!owned.isEmpty()) {
      user(number, owned, checkpoint);
    }
  }

  private void subscription(ByteString key, String name, List<V1Payment> sales) {
    boolean google = random.nextBoolean();
    int which = random.nextInt(3);
    Duration term = Duration.ofDays(LENGTHS.get(which));
    int cycles = 1 + random.nextInt(which == 2 ? 2 : 8);
    Instant end = NOW.plus(upTo(term.multipliedBy(8).dividedBy(5)));
    end = end.minus(term.multipliedBy(3).dividedBy(5));
    Instant earliest = BEGINNING.plus(term).plus(upTo(DAY.multipliedBy(180)));
    end = end.isBefore(earliest) ? earliest : end;
    end = end.plusNanos(random.nextInt(1_000_000) * 1_000L);
    for (int cycle = 0; cycle < cycles; cycle++) {
      Instant expiry = end.minus(term.multipliedBy(cycles - 1L - cycle));
      if (expiry.minus(term).isBefore(BEGINNING)) {
        continue;
      }
      boolean last = cycle == cycles - 1;
      V1Payment.Times times = times(expiry, term, last);
      sales.add(
          new V1Payment(
              0,
              key,
              google ? PaymentProvider.GOOGLE_PLAY : PaymentProvider.APP_STORE,
              new Plan(PLANS.get(which)),
              times,
              terms(times, last, google),
              google ? google(key, name, cycle) : apple(key, name, cycle)));
    }
  }

  private V1Payment.Times times(Instant expiry, Duration term, boolean last) {
    Instant purchased = expiry.minus(term);
    Instant revoked = null;
    if (last && purchased.isBefore(NOW) && oneIn(12)) {
      Instant latest = expiry.isBefore(NOW) ? expiry : NOW;
      revoked = purchased.plus(upTo(Duration.between(purchased, latest)));
    }
    return new V1Payment.Times(
        purchased, purchased.plus(upTo(DAY)), expiry, purchased.plus(DAY.multipliedBy(2)), revoked);
  }

  private V1Payment.Terms terms(V1Payment.Times times, boolean last, boolean google) {
    boolean renewing = times.revoked() == null && (!last || !oneIn(4));
    Duration grace = oneIn(10) ? DAY.multipliedBy(google ? 7 : 16) : null;
    return new V1Payment.Terms(renewing, grace, null);
  }

  private V1Payment.Details google(ByteString key, String name, int cycle) {
    String order = "GPA." + name + (cycle == 0 ? "" : ".." + (cycle - 1));
    return new V1Payment.Details(
        new V1Payment.Google("token-" + name, order, key, oneIn(200)), null, null);
  }

  private V1Payment.Details apple(ByteString key, String name, int cycle) {
    String token = oneIn(3) ? "" : StoreBindings.of(new MasterKey(key)).appleToken().toString();
    String line = oneIn(20) ? "" : "line-" + name + "-" + cycle;
    return new V1Payment.Details(
        null, new V1Payment.Apple("orig-" + name, "tx-" + name + "-" + cycle, line, token), null);
  }

  /// Up to when they are charged; null if nothing is left.
  private @Nullable Instant credits(ByteString key, String name, List<V1Payment> sales) {
    boolean live = false;
    for (int i = 0; i <= random.nextInt(3); i++) {
      boolean spent = oneIn(3);
      boolean revoked = oneIn(15);
      Instant granted = NOW.minus(DAY.multipliedBy(2)).minus(upTo(DAY.multipliedBy(100)));
      live |= !spent && !revoked;
      sales.add(
          new V1Payment(
              0,
              key,
              PaymentProvider.STF,
              new Plan(PLANS.get(random.nextInt(3))),
              new V1Payment.Times(
                  granted,
                  granted,
                  spent ? granted.plus(upTo(DAY.multipliedBy(2))) : null,
                  Instant.EPOCH,
                  revoked ? granted.plus(DAY) : null),
              new V1Payment.Terms(
                  false, null, spent ? Duration.ZERO : upTo(DAY.multipliedBy(40)).plusMillis(1)),
              new V1Payment.Details(null, null, name + "-" + i)));
    }
    return live ? NOW.minus(upTo(Duration.ofHours(26))) : null;
  }

  private V1Payment numbered(V1Payment sale) {
    return new V1Payment(
        nextPayment++,
        sale.owner(),
        sale.provider(),
        sale.plan(),
        sale.times(),
        sale.terms(),
        sale.details());
  }

  private static V1Payment waiting(V1Payment payment) {
    return payment.ownedBy(null).with(payment.times().withRedemption(null));
  }

  private void user(int number, List<V1Payment> owned, @Nullable Instant checkpoint) {
    List<V1Payment> counted = oneIn(200) ? owned.subList(0, 1) : owned;
    V1Fold fold = new V1Fold(RenewalAllowance.DEFAULT, false, false);
    V1Fold.Folded folded = fold.of(counted, checkpoint, NOW);
    Duration grace =
        counted.stream()
            .filter(one -> folded.carrier() != null && one.id() == folded.carrier().value())
            .findFirst()
            .map(one -> one.terms().grace())
            .orElse(null);
    long generation = nextGeneration++;
    boolean refunded = owned.stream().allMatch(V1Payment::isRevoked);
    Instant revoked = refunded && !oneIn(3) ? NOW.minus(upTo(DAY.multipliedBy(40))) : null;
    rows.add(
        SummerDatabase.userRow(number, folded.standing().term())
            .with("current_generation_id", generation)
            .with("grace_period", SummerDatabase.span(grace))
            .with("auto_renewing", folded.standing().renewing())
            .with("credits_checkpoint_at", SummerDatabase.at(checkpoint)));
    rows.add(SummerDatabase.generation(generation, number, revoked));
    if (oneIn(30)) {
      Instant before = NOW.minus(upTo(DAY.multipliedBy(60)));
      rows.add(SummerDatabase.generation(nextGeneration++, number, before));
    }
  }

  private void write(V1Payment payment, int number) {
    V1Payment.Times times = payment.times();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", payment.id());
    values.put("user_id", payment.owner() == null ? null : (long) number);
    values.put("plan", payment.plan().code());
    values.put("payment_provider", payment.provider().code());
    values.put("auto_renewing", payment.terms().renewing());
    values.put("purchased_at", SummerDatabase.at(times.purchased()));
    values.put("redeemed_at", SummerDatabase.at(times.redeemed()));
    values.put("expiry_at", SummerDatabase.at(times.expiry()));
    values.put("grace_period", SummerDatabase.span(payment.terms().grace()));
    values.put("platform_refund_expiry_at", SummerDatabase.at(times.refundDeadline()));
    values.put("revoked_at", SummerDatabase.at(times.revoked()));
    values.put("credit_remaining", SummerDatabase.span(payment.terms().credit()));
    rows.add(new Row("payments", values));
    rows.add(details(payment));
  }

  private Row details(V1Payment payment) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("payment_id", payment.id());
    V1Payment.Google google = payment.details().google();
    V1Payment.Apple apple = payment.details().apple();
    if (google != null) {
      ByteString account = google.account();
      byte[] id = account == null ? new byte[32] : account.toByteArray();
      values.put("payment_token", google.token());
      values.put("order_id", google.order());
      values.put("obfuscated_account_id", oneIn(100) ? PythonDatabase.sha256(id) : id);
      values.put("needs_ack", google.needsAcknowledgement());
      return new Row("google_play_payment_details", values);
    }
    if (apple != null) {
      values.put("original_tx_id", apple.original());
      values.put("tx_id", apple.transaction());
      values.put("web_line_order_tx_id", apple.lineItem());
      values.put("app_account_token", apple.token());
      return new Row("app_store_payment_details", values);
    }
    values.put("order_id", payment.details().voucher());
    return new Row("stf_payment_details", values);
  }

  /// Users before what they bought.
  @Override
  public List<Row> take() {
    List<String> order = List.of("users", "generations", "payments");
    List<Row> taken =
        rows.stream()
            .sorted(
                Comparator.comparingInt(row -> {
                  int place = order.indexOf(row.table());
                  return place < 0 ? order.size() : place;
                }))
            .toList();
    rows.clear();
    return taken;
  }
}
