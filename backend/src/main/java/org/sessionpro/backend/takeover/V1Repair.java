package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.backend.takeover.source.V1Payment.Terms;
import org.sessionpro.backend.takeover.source.V1Payment.Times;
import org.sessionpro.protocol.PaymentProvider;

/// Mends a payment of summer 2026 by the rules of `import-python.md` §5.
///
/// @param now the instant of the run
/// @param development whether the target is in development mode
record V1Repair(Instant now, boolean development, Consumer<Note> notes) {
  /// The allowance, which earlier versions stored as grace.
  private static final Duration FOSSIL = Duration.ofHours(1);

  /// Why a row can only be put aside; null if it can be taken over.
  static @Nullable Anomaly unusable(V1Payment row) {
    V1Payment.Details details = row.details();
    if (details.count() == 0) {
      return Anomaly.DETAIL_MISSING;
    }
    if (details.count() > 1) {
      return Anomaly.DETAIL_DOUBLE;
    }
    Object own =
        switch (row.provider()) {
          case GOOGLE_PLAY -> details.google();
          case APP_STORE -> details.apple();
          case STF -> details.voucher();
        };
    if (own == null) {
      return Anomaly.DETAIL_FOREIGN;
    }
    return StoreNames.key(row).isEmpty() ? Anomaly.KEY_MISSING : null;
  }

  private void note(Anomaly anomaly, V1Payment row) {
    notes.accept(Note.of(anomaly, Subject.payment(row.id())));
  }

  /// The row as it is taken over.
  ///
  /// @param row one that is usable
  V1Payment mend(V1Payment row) {
    notice(row);
    V1Payment mended = withGrace(row);
    if (mended.terms().credit() != null) {
      mended = credit(mended);
    }
    mended = mended.isRevoked() ? revoked(mended) : standing(mended);
    mended = withOwner(mended);
    if (mended.owner() == null) {
      noticeUnclaimed(mended);
    }
    return mended;
  }

  private void notice(V1Payment row) {
    boolean made =
        StoreNames.key(row)
            .filter(key -> key.cycle().contains("DEV.") || key.subscription().startsWith("DEV."))
            .isPresent();
    if (made && !development) {
      note(Anomaly.DEV_DATABASE, row);
    }
    if (row.terms().credit() != null && row.provider() != PaymentProvider.STF) {
      note(Anomaly.MINTED_STORE_CREDIT, row);
    }
    Optional.ofNullable(StoreNames.oddBuyer(row)).ifPresent(odd -> note(odd, row));
  }

  private V1Payment withGrace(V1Payment row) {
    Duration grace = row.terms().grace();
    if (grace == null) {
      return row;
    }
    if (grace.isNegative()) {
      note(Anomaly.GRACE_NEGATIVE, row);
    } else if (grace.isZero() || grace.equals(FOSSIL)) {
      note(Anomaly.GRACE_FOSSIL, row);
    } else {
      return row;
    }
    return row.with(new Terms(row.terms().renewing(), null, row.terms().credit()));
  }

  private V1Payment credit(V1Payment row) {
    Terms terms = row.terms();
    if (terms.renewing()) {
      note(Anomaly.CREDIT_RENEWING, row);
    }
    if (terms.grace() != null) {
      note(Anomaly.CREDIT_WITH_GRACE, row);
    }
    Times times = row.times();
    // A length has no end while something is left of it, and one when nothing is.
    Instant end =
        row.isLiveCredit() ? null : times.expiry() == null ? times.purchased() : times.expiry();
    return row.with(new Terms(false, null, terms.credit()))
        .with(
            new Times(
                times.purchased(), times.redeemed(), end, times.refundDeadline(), times.revoked()));
  }

  private V1Payment revoked(V1Payment row) {
    if (!row.terms().renewing()) {
      return row;
    }
    note(Anomaly.REVOKED_RENEWING, row);
    return row.with(new Terms(false, row.terms().grace(), row.terms().credit()));
  }

  private V1Payment standing(V1Payment row) {
    Instant expiry = row.times().expiry();
    if (expiry == null || !row.times().purchased().isAfter(expiry)) {
      return row;
    }
    note(Anomaly.PURCHASED_AFTER_EXPIRY, row);
    return row.with(row.times().withPurchase(expiry));
  }

  private V1Payment withOwner(V1Payment row) {
    if (row.owner() == null) {
      return row.with(row.times().withRedemption(null));
    }
    if (row.times().redeemed() != null) {
      return row;
    }
    note(Anomaly.REDEEMED_WITHOUT_TIME, row);
    return row.with(row.times().withRedemption(row.times().purchased()));
  }

  private void noticeUnclaimed(V1Payment row) {
    Instant expiry = row.times().expiry();
    if (row.isRevoked()) {
      note(Anomaly.UNCLAIMED_REVOKED, row);
    } else {
      boolean runs = expiry == null || expiry.isAfter(now);
      note(runs ? Anomaly.UNCLAIMED : Anomaly.UNCLAIMED_LAPSED, row);
    }
  }
}
