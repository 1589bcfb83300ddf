package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.protocol.PurchaseToken;

/// A look at one purchase.
///
/// @param hint when what made us look happened, on Google's clock; null if nothing was heard
/// @param owedSince when the look became owed; stays while it is put off or fails
/// @param fetchedAt when Google was asked
/// @param now our clock, not before `fetchedAt`
public record Occasion(
    PurchaseToken token,
    @Nullable Instant hint,
    Instant owedSince,
    Instant fetchedAt,
    Instant now) {
  private static final Duration REFUNDED_AFTER = Duration.ofDays(3);
  private static final Duration PENDING_RETRY = Duration.ofHours(6);
  private static final Duration PENDING_LIMIT = Duration.ofDays(32);

  /// For how long a record may be behind what was heard.
  static final Duration LAST_SECOND_LOOK = Duration.ofHours(1);

  private static final List<Duration> SECOND_LOOKS =
      List.of(
          Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), LAST_SECOND_LOOK);

  public Occasion {
    hint = hint == null ? null : Micros.floor(hint);
    fetchedAt = Micros.floor(fetchedAt);
    now = Micros.floor(now);
  }

  /// What comes of a purchase that is not paid for, as far as its record says: it is waited for, but not
  /// for ever (`google-play.md` §5.2).
  Convergence waiting(Convergence.Missing missing) {
    return now.isBefore(owedSince.plus(PENDING_LIMIT))
        ? new Convergence.Waits(now.plus(PENDING_RETRY), missing)
        : Convergence.Applied.NOTHING;
  }

  /// What becomes of the money for something that we cannot use. What nobody acknowledges Google gives
  /// back (`google-play.md` §7.1): so long after the purchase, or after we came to know of it if Google
  /// did not say when that was.
  ///
  /// @param acknowledged whether somebody did so before
  Convergence.Money money(boolean acknowledged) {
    return acknowledged
        ? new Convergence.Money.Kept()
        : new Convergence.Money.Refunded((hint == null ? owedSince : hint).plus(REFUNDED_AFTER));
  }

  /// When to look again at a record that may be behind what was heard; empty once that was waited for
  /// long enough (`decisions-stores.md` §2.1).
  ///
  /// @param doubtedSince since when it may be; null if since now. What a clock noted that was ahead counts
  ///     from now
  Optional<Instant> secondLook(@Nullable Instant doubtedSince) {
    Instant since = doubtedSince == null || doubtedSince.isAfter(now) ? now : doubtedSince;
    return SECOND_LOOKS.stream().map(since::plus).filter(now::isBefore).findFirst();
  }
}
