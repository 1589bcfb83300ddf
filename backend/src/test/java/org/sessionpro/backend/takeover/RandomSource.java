package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.StoreBindings;

/// Makes up what customers of March 2026 did: purchases at both stores with renewals, cancellations,
/// grace periods, refunds and vouchers, and what the Python service made of it. Some rows are odd.
public final class RandomSource implements RandomCustomers {
  private static final long DAY = PythonDatabase.DAY;
  private static final long HOUR = 3_600_000;
  private static final long NOW = PythonDatabase.NOW;

  /// 2025-09-01T00:00:00Z, before which nothing was sold.
  private static final long BEGINNING = 1_756_684_800_000L;

  private final Random random;
  private final List<Row> rows = new ArrayList<>();
  private long nextPayment = 1;
  private long nextIndex = 1;

  /// @param random the same makes the same up
  public RandomSource(Random random) {
    this.random = random;
  }

  /// A payment that is made up, with the instant that it became known, which numbers it.
  private record Sale(long knownAt, V0Payment payment) {}

  @Override
  public void customer(int number) {
    byte[] key = PythonDatabase.key(number);
    long index = nextIndex++;
    List<Sale> sales = new ArrayList<>();
    int subscriptions = 1 + (random.nextInt(5) == 0 ? 1 : 0);
    for (int i = 0; i < subscriptions; i++) {
      subscription(key, number, i, sales);
    }
    if (random.nextInt(20) == 0) {
      voucher(key, sales);
    }
    sales.sort(Comparator.comparingLong(Sale::knownAt));
    List<V0Payment> owned = new ArrayList<>();
    for (Sale sale : sales) {
      V0Payment payment = numbered(sale.payment());
      boolean unclaimed = random.nextInt(100) == 0 && payment.isOf(V0Payment.GOOGLE);
      if (unclaimed) {
        rows.add(row(pending(payment)));
      } else {
        owned.add(payment);
        rows.add(row(payment));
      }
    }
    if (!owned.isEmpty()) {
      rows.add(user(key, index, owned));
      revocation(index, owned);
    }
  }

  private void subscription(byte[] key, int number, int which, List<Sale> sales) {
    boolean google = random.nextBoolean();
    int plan = 1 + random.nextInt(3);
    long term = (plan == 1 ? 30 : plan == 2 ? 90 : 365) * DAY;
    int cycles = 1 + random.nextInt(plan == 3 ? 2 : 8);
    long end =
        Math.max(
            NOW + (long) ((random.nextDouble() * 1.6 - 0.6) * term),
            BEGINNING + term + random.nextInt(180) * DAY);
    boolean late = random.nextInt(50) == 0;
    String name = number + "-" + which;
    for (int cycle = 0; cycle < cycles; cycle++) {
      long expiry = end - (cycles - 1L - cycle) * term;
      if (expiry - term < BEGINNING) {
        continue;
      }
      boolean last = cycle == cycles - 1;
      V0Payment payment =
          google
              ? google(key, name, cycle, plan, term, expiry)
              : apple(key, name, cycle, plan, term, expiry);
      payment = payment.with(renewal(google, last, expiry));
      payment = withEnd(payment, last, expiry);
      long knownAt = late && cycle == 0 ? expiry + cycles * term : expiry - term;
      sales.add(new Sale(knownAt, payment));
    }
  }

  private V0Payment.Renewal renewal(boolean google, boolean last, long expiry) {
    boolean renewing = !last || random.nextInt(4) != 0;
    long grace = HOUR;
    if (last && renewing && random.nextInt(10) == 0) {
      grace = google ? 7 * DAY : expiry + 16 * DAY;
    }
    return new V0Payment.Renewal(renewing, grace);
  }

  private V0Payment withEnd(V0Payment payment, boolean last, long expiry) {
    V0Payment.Codes codes = payment.codes();
    long start = payment.times().unredeemed();
    boolean refunded = last && start < NOW && random.nextInt(12) == 0;
    if (refunded) {
      long latest = Math.min(NOW, expiry);
      long at = start + (long) (random.nextDouble() * (latest - start));
      return payment
          .with(new V0Payment.Codes(V0Payment.REVOKED, codes.plan(), codes.provider()))
          .with(payment.times().withRevocation(Math.max(at, start)))
          .with(new V0Payment.Renewal(false, payment.renewal().grace()));
    }
    long midnight = NOW / DAY * DAY;
    long status = expiry <= midnight ? V0Payment.EXPIRED : V0Payment.REDEEMED;
    return payment.with(new V0Payment.Codes(status, codes.plan(), codes.provider()));
  }

  private V0Payment google(byte[] key, String name, int cycle, int plan, long term, long expiry) {
    String order = "GPA." + name + (cycle == 0 ? "" : ".." + (cycle - 1));
    ByteString id =
        random.nextInt(10) == 0
            ? ByteString.of(key)
            : StoreBindings.of(new MasterKey(ByteString.of(key))).googleKeyHash();
    return new V0Payment(
        0,
        ByteString.of(key),
        new V0Payment.Codes(V0Payment.REDEEMED, plan, V0Payment.GOOGLE),
        times(expiry, term, expiry - term + 2 * DAY),
        new V0Payment.Renewal(true, HOUR),
        new V0Payment.Ids("", "", "", "token-" + name, order, ""),
        new V0Payment.Buyer(id, ""));
  }

  private V0Payment apple(byte[] key, String name, int cycle, int plan, long term, long expiry) {
    String token =
        random.nextInt(5) == 0
            ? StoreBindings.of(new MasterKey(ByteString.of(key))).appleToken().toString()
            : "";
    String line = random.nextInt(20) == 0 ? "" : "line-" + name + "-" + cycle;
    return new V0Payment(
        0,
        ByteString.of(key),
        new V0Payment.Codes(V0Payment.REDEEMED, plan, V0Payment.APPLE),
        times(expiry, term, expiry),
        new V0Payment.Renewal(true, HOUR),
        new V0Payment.Ids("orig-" + name, "tx-" + name + "-" + cycle, line, "", "", ""),
        new V0Payment.Buyer(null, token));
  }

  private void voucher(byte[] key, List<Sale> sales) {
    long granted = NOW - random.nextInt(200) * DAY;
    long expiry = granted + 90 * DAY;
    String order = new UUID(random.nextLong(), random.nextLong()).toString();
    V0Payment payment =
        new V0Payment(
            0,
            ByteString.of(key),
            new V0Payment.Codes(V0Payment.REDEEMED, 2, V0Payment.VOUCHER),
            times(expiry, 90 * DAY, 0),
            new V0Payment.Renewal(false, 0),
            new V0Payment.Ids("", "", "", "", "", order),
            new V0Payment.Buyer(null, ""));
    sales.add(new Sale(granted, withStatus(payment)));
  }

  private static V0Payment withStatus(V0Payment payment) {
    boolean ended = payment.times().expiry() <= NOW / DAY * DAY;
    return payment.with(
        new V0Payment.Codes(
            ended ? V0Payment.EXPIRED : V0Payment.REDEEMED,
            payment.codes().plan(),
            payment.codes().provider()));
  }

  private V0Payment.Times times(long expiry, long term, long refundDeadline) {
    long purchased = expiry - term;
    long asked = random.nextInt(30) == 0 ? purchased + DAY : 0;
    return new V0Payment.Times(purchased, Day.roundUp(purchased), expiry, refundDeadline, 0, asked);
  }

  private V0Payment numbered(V0Payment payment) {
    return new V0Payment(
        nextPayment++,
        payment.owner(),
        payment.codes(),
        payment.times(),
        payment.renewal(),
        payment.ids(),
        payment.buyer());
  }

  private static V0Payment pending(V0Payment payment) {
    V0Payment.Codes codes = payment.codes();
    long status = codes.status() == V0Payment.REDEEMED ? V0Payment.UNREDEEMED : codes.status();
    return payment
        .ownedBy(null)
        .with(new V0Payment.Codes(status, codes.plan(), codes.provider()))
        .with(payment.times().withRedemption(0));
  }

  /// What the Python service stores of an account; of a few it has forgotten to.
  private Row user(byte[] key, long index, List<V0Payment> owned) {
    V0Fold fold = V0Fold.OF_THEN;
    boolean stale = random.nextInt(200) == 0;
    List<V0Payment> counted = stale ? owned.subList(0, owned.size() - 1) : owned;
    Standing standing = fold.of(counted);
    V0Payment winner = fold.winner(counted);
    Row user =
        PythonDatabase.user(key, index, standing.coverage().toEpochMilli())
            .with("auto_renewing", standing.renewing())
            .with("grace_period_duration_ms", winner == null ? 0L : winner.renewal().grace());
    return user.with(
        "refund_requested_unix_ts_ms", PythonDatabase.millis(standing.refundRequested()));
  }

  /// What is refunded before the day of its end is listed; of a few the list has been pruned.
  private void revocation(long index, List<V0Payment> owned) {
    boolean stands = owned.stream().anyMatch(one -> one.codes().status() == V0Payment.REDEEMED);
    for (V0Payment one : owned) {
      boolean published =
          one.isRevoked() && one.times().expiry() > Day.roundUp(one.times().revoked());
      boolean kept = one.times().revoked() > NOW - 31 * DAY && random.nextInt(3) != 0;
      if (!stands && published && kept) {
        rows.add(PythonDatabase.revocation(index, one.times().revoked(), one.times().revoked()));
        return;
      }
    }
  }

  static Row row(V0Payment payment) {
    V0Payment.Times times = payment.times();
    V0Payment.Ids ids = payment.ids();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", (int) payment.id());
    values.put("master_pkey", bytes(payment.owner()));
    values.put("status", (int) payment.codes().status());
    values.put("plan", (int) payment.codes().plan());
    values.put("payment_provider", (int) payment.codes().provider());
    values.put("auto_renewing", payment.renewal().renewing());
    values.put("unredeemed_unix_ts_ms", times.unredeemed());
    values.put("redeemed_unix_ts_ms", times.redeemed() == 0 ? null : times.redeemed());
    values.put("expiry_unix_ts_ms", times.expiry());
    values.put("grace_period_duration_ms", payment.renewal().grace());
    values.put("platform_refund_expiry_unix_ts_ms", times.refundDeadline());
    values.put("revoked_unix_ts_ms", times.revoked() == 0 ? null : times.revoked());
    values.put("apple_original_tx_id", ids.appleOriginal());
    values.put("apple_tx_id", ids.appleTransaction());
    values.put("apple_web_line_order_tx_id", ids.appleLineItem());
    values.put("google_payment_token", ids.googleToken());
    values.put("google_order_id", ids.googleOrder());
    values.put("rangeproof_order_id", ids.voucherOrder());
    values.put("refund_requested_unix_ts_ms", times.refundRequested());
    values.put("google_obfuscated_account_id", bytes(payment.buyer().google()));
    values.put("apple_app_account_token", payment.buyer().apple());
    return new Row("payments", values);
  }

  private static byte @Nullable [] bytes(@Nullable ByteString bytes) {
    return bytes == null ? null : bytes.toByteArray();
  }

  @Override
  public List<Row> take() {
    List<Row> taken = List.copyOf(rows);
    rows.clear();
    return taken;
  }
}
