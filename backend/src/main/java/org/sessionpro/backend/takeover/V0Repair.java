package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Payment.Codes;
import org.sessionpro.backend.takeover.source.V0Payment.Renewal;
import org.sessionpro.backend.takeover.source.V0Payment.Times;

/// Mends a payment of March 2026 by the rules of `import-python.md` §5.
final class V0Repair {
  /// 1973 in milliseconds, the year 5138 in seconds.
  static final long SECONDS = 100_000_000_000L;

  private static final long MONTH = Duration.ofDays(45).toMillis();
  private static final long QUARTER = Duration.ofDays(180).toMillis();

  private final long now;
  private final boolean development;
  private final Consumer<Note> notes;

  /// @param now the instant of the run, in milliseconds
  /// @param development whether the target is in development mode
  V0Repair(long now, boolean development, Consumer<Note> notes) {
    this.now = now;
    this.development = development;
    this.notes = notes;
  }

  /// Why a row can only be put aside; null if it can be taken over.
  static @Nullable Anomaly unusable(V0Payment row) {
    Codes codes = row.codes();
    if (codes.provider() < V0Payment.GOOGLE || codes.provider() > V0Payment.VOUCHER) {
      return Anomaly.PROVIDER_NIL;
    }
    if (codes.status() < V0Payment.UNREDEEMED || codes.status() > V0Payment.REVOKED) {
      return Anomaly.STATUS_NIL;
    }
    return StoreNames.key(row).isEmpty() ? Anomaly.KEY_MISSING : null;
  }

  /// The row as it is taken over: with an owner exactly if it is bound.
  ///
  /// @param row one that is usable
  /// @param ownerIsActive whether its owner is served at the instant of the run
  V0Payment mend(V0Payment row, boolean ownerIsActive) {
    notice(row);
    V0Payment mended = withGrace(withPlan(row));
    mended = withExpiry(mended, ownerIsActive);
    mended = mended.isRevoked() ? revoked(mended) : standing(mended);
    mended = withOwner(mended);
    if (mended.owner() == null) {
      noticeUnclaimed(mended);
    }
    return mended;
  }

  private void note(Anomaly anomaly, V0Payment row) {
    notes.accept(Note.of(anomaly, Subject.payment(row.id())));
  }

  private void notice(V0Payment row) {
    Times times = row.times();
    boolean inSeconds =
        isInSeconds(times.unredeemed())
            || isInSeconds(times.redeemed())
            || isInSeconds(times.expiry())
            || isInSeconds(times.refundDeadline())
            || isInSeconds(times.revoked())
            || isInSeconds(times.refundRequested());
    if (inSeconds) {
      note(Anomaly.TIME_IN_SECONDS, row);
    }
    boolean made =
        row.ids().googleOrder().startsWith("DEV.")
            || row.ids().appleTransaction().startsWith("DEV.")
            || row.ids().voucherOrder().startsWith("DEV.");
    if (made && !development) {
      note(Anomaly.DEV_DATABASE, row);
    }
    Optional.ofNullable(V0Grace.of(row).anomaly()).ifPresent(odd -> note(odd, row));
    Optional.ofNullable(StoreNames.oddBuyer(row)).ifPresent(odd -> note(odd, row));
  }

  static boolean isInSeconds(long instant) {
    return instant > 0 && instant < SECONDS;
  }

  private V0Payment withPlan(V0Payment row) {
    Codes codes = row.codes();
    if (codes.plan() >= 1 && codes.plan() <= 3) {
      return row;
    }
    note(Anomaly.PLAN_NIL, row);
    long length = row.times().expiry() - row.times().unredeemed();
    long plan = length <= MONTH ? 1 : length <= QUARTER ? 2 : 3;
    return row.with(new Codes(codes.status(), plan, codes.provider()));
  }

  private static V0Payment withGrace(V0Payment row) {
    Renewal renewal = row.renewal();
    return renewal.grace() < 0 ? row.with(new Renewal(renewal.renewing(), 0)) : row;
  }

  private V0Payment withExpiry(V0Payment row, boolean ownerIsActive) {
    Times times = row.times();
    if (times.expiry() != 0) {
      return row;
    }
    notes.accept(new Note(Anomaly.EXPIRY_ZERO, ownerIsActive, Subject.payment(row.id())));
    return row.with(times.withExpiry(times.unredeemed()));
  }

  private V0Payment revoked(V0Payment row) {
    V0Payment mended = row;
    if (row.times().revoked() == 0) {
      note(Anomaly.REVOKED_WITHOUT_TIME, row);
      mended = mended.with(row.times().withRevocation(Math.min(row.times().expiry(), now)));
    }
    if (row.renewal().renewing()) {
      note(Anomaly.REVOKED_RENEWING, row);
      mended = mended.with(new Renewal(false, row.renewal().grace()));
    }
    return mended;
  }

  private V0Payment standing(V0Payment row) {
    V0Payment mended = row;
    if (row.times().revoked() != 0) {
      note(Anomaly.TIME_WITHOUT_REVOKED, row);
      mended = mended.with(row.times().withRevocation(0));
    }
    Times times = mended.times();
    if (times.unredeemed() > times.expiry()) {
      note(Anomaly.PURCHASED_AFTER_EXPIRY, row);
      mended = mended.with(times.withPurchase(times.expiry()));
    }
    return mended;
  }

  private V0Payment withOwner(V0Payment row) {
    if (row.owner() == null) {
      if (row.codes().status() == V0Payment.REDEEMED) {
        note(Anomaly.OWNERLESS_REDEEMED, row);
      }
      return row;
    }
    if (row.codes().status() == V0Payment.UNREDEEMED) {
      note(Anomaly.OWNER_ON_UNREDEEMED, row);
      return row.ownedBy(null);
    }
    Times times = row.times();
    if (times.redeemed() != 0) {
      return row;
    }
    note(Anomaly.REDEEMED_WITHOUT_TIME, row);
    return row.with(times.withRedemption(times.unredeemed()));
  }

  private void noticeUnclaimed(V0Payment row) {
    if (row.isRevoked()) {
      note(Anomaly.UNCLAIMED_REVOKED, row);
    } else {
      note(row.times().expiry() > now ? Anomaly.UNCLAIMED : Anomaly.UNCLAIMED_LAPSED, row);
    }
  }
}
