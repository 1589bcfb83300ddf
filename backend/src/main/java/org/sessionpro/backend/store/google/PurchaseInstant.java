package org.sessionpro.backend.store.google;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a cycle was bought, which Google's record does not say (`google-play.md` §5.4, `decisions.md`
/// §5).
final class PurchaseInstant {
  private PurchaseInstant() {}

  /// What made us look happened then, unless it is about something before; the first cycle began with
  /// the subscription; else it is now. Never before the cycles that are known.
  ///
  /// @param shown of the same money where it is known under another purchase; null if it is not
  /// @param latest of the cycles that are known; null if there is none
  /// @param start of the subscription; null if that is not said
  static Instant of(
      @Nullable Instant shown,
      @Nullable Instant latest,
      @Nullable Instant start,
      Occasion occasion) {
    return later(shown == null ? guess(latest, start, occasion) : shown, latest);
  }

  private static Instant guess(
      @Nullable Instant latest, @Nullable Instant start, Occasion occasion) {
    Instant hint = occasion.hint();
    Instant purchased = occasion.fetchedAt();
    if (hint != null && (latest == null || hint.isAfter(latest))) {
      purchased = latest == null ? later(hint, start) : hint;
    } else if (latest == null && start != null) {
      purchased = start;
    }
    return purchased.isAfter(occasion.now()) ? occasion.now() : purchased;
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }
}
