package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;
import org.sessionpro.backend.store.apple.Snapshot.Notice;
import org.sessionpro.backend.store.apple.Snapshot.Reading;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;

/// A random life of one subscription, and what Apple shows of it at each event. Every notification tells
/// what is true when it is signed, and hours lie between two events; records that are read right after
/// one may still be as before.
public final class AppleLife {
  private static final Duration GRACE = Duration.ofDays(16);

  private final Random random;
  private final List<Snapshot> shown = new ArrayList<>();

  /// As they are, oldest first.
  private final List<Said> cycles = new ArrayList<>();

  private Instant now = Said.T;
  private boolean renewing = true;
  private @Nullable Instant graceUntil;
  private boolean retrying;

  /// What the records show.
  private record Records(List<Said> cycles, RenewalInfo renewal) {
    Snapshot at(Instant signedAt) {
      return new Snapshot(
          Said.SUBSCRIPTION,
          cycles.getLast().at(signedAt).tx(),
          cycles.stream().map(it -> it.at(signedAt).tx()).toList(),
          new RenewalInfo(
              Said.ORIGINAL,
              Said.MONTH,
              renewal.renewing(),
              renewal.billingRetry(),
              renewal.graceUntil(),
              signedAt),
          1,
          new Reading(true, new Revision("end")),
          null);
    }
  }

  private AppleLife(Random random) {
    this.random = random;
  }

  /// What Apple shows of a life of so many events, in the order in which it does.
  public static List<Snapshot> of(Random random, int events) {
    AppleLife life = new AppleLife(random);
    life.begin(Said.bought(1, Said.T, Said.day(30)));
    life.tell("SUBSCRIBED", life.last());
    while (life.shown.size() < events) {
      life.go();
    }
    return life.shown;
  }

  private Said last() {
    return cycles.getLast();
  }

  private Instant end() {
    return Objects.requireNonNull(last().tx().expiresAt());
  }

  private void go() {
    now = now.plus(Duration.ofHours(2 + random.nextInt(60)));
    Records before = records();
    boolean over = !now.isBefore(end());
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> renew(over);
      case 3 -> {
        renewing = !renewing && !over;
        retrying = retrying && renewing;
        graceUntil = renewing ? graceUntil : null;
        tell("DID_CHANGE_RENEWAL_STATUS", last());
      }
      case 4 -> fail();
      case 5 -> upgrade(over);
      case 6, 7 -> refund(random.nextInt(cycles.size()));
      case 8 -> mention(random.nextInt(cycles.size()));
      case 9 -> read();
      default -> throw new IllegalStateException();
    }
    switch (random.nextInt(6)) {
      case 0 -> readLater(before);
      case 1 -> readLater(records());
      default -> {}
    }
  }

  /// Within the time that records may be behind.
  private void readLater(Records shows) {
    shown.add(shows.at(now.plusSeconds(1 + random.nextInt(500))));
  }

  private void renew(boolean over) {
    if (renewing && last().tx().revocation() == null) {
      boolean recovered = retrying;
      Instant from = recovered || over ? now : end();
      Said cycle = Said.bought(cycles.size() + 1, from, from.plus(Duration.ofDays(30)));
      // A renewal may name nobody.
      begin((random.nextInt(3) == 0 ? cycle.by(null) : cycle).as(Reason.RENEWAL));
      // A renewal may be signed before it begins.
      now =
          recovered || random.nextBoolean()
              ? later(now, from)
              : later(now, from.minusSeconds(7_200));
      tell("DID_RENEW", recovered ? "BILLING_RECOVERY" : null, last());
    } else if (over || last().tx().revocation() != null) {
      begin(Said.bought(cycles.size() + 1, now, now.plus(Duration.ofDays(30))));
      tell("SUBSCRIBED", "RESUBSCRIBE", last());
    } else {
      mention(cycles.size() - 1);
    }
  }

  private void begin(Said cycle) {
    cycles.add(cycle);
    renewing = true;
    retrying = false;
    graceUntil = null;
  }

  private void fail() {
    if (renewing && !retrying && last().tx().revocation() == null) {
      now = later(now, end());
      retrying = true;
      graceUntil = random.nextBoolean() ? end().plus(GRACE) : null;
      tell("DID_FAIL_TO_RENEW", graceUntil == null ? null : "GRACE_PERIOD", last());
    } else {
      read();
    }
  }

  private void upgrade(boolean over) {
    boolean ahead = last().tx().purchasedAt().isAfter(now);
    boolean begins = last().tx().purchasedAt().equals(now);
    if (over || last().tx().revocation() != null || begins) {
      mention(cycles.size() - 1);
      return;
    }
    cycles.set(cycles.size() - 1, last().upgraded());
    int former = cycles.size() - 2;
    if (ahead && cycles.get(former).tx().revocation() == null) {
      cycles.set(former, cycles.get(former).upgraded());
    }
    begin(Said.bought(cycles.size() + 1, now, now.plus(Duration.ofDays(90))));
    tell("DID_CHANGE_RENEWAL_PREF", "UPGRADE", last());
  }

  private void refund(int which) {
    Said cycle = cycles.get(which);
    if (cycle.tx().upgraded() || cycle.tx().purchasedAt().isAfter(now)) {
      mention(which);
    } else if (cycle.tx().revocation() == null) {
      cycles.set(which, cycle.refunded(now));
      tell("REFUND", cycles.get(which));
    } else {
      cycles.set(which, cycle.standing());
      tell("REFUND_REVERSED", cycles.get(which));
    }
  }

  private void mention(int which) {
    Said cycle = cycles.get(which);
    tell("CONSUMPTION_REQUEST", random.nextInt(3) == 0 ? cycle.restored() : cycle);
  }

  private void tell(String type, Said cycle) {
    tell(type, null, cycle);
  }

  private void tell(String type, @Nullable String subtype, Said cycle) {
    shown.add(
        new Snapshot(
            Said.SUBSCRIPTION,
            cycle.at(now).tx(),
            List.of(),
            renewal(),
            1,
            null,
            new Notice(type, subtype, now)));
  }

  private void read() {
    shown.add(records().at(now));
  }

  private Records records() {
    return new Records(List.copyOf(cycles), renewal());
  }

  private RenewalInfo renewal() {
    return new RenewalInfo(Said.ORIGINAL, Said.MONTH, renewing, retrying, graceUntil, now);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
