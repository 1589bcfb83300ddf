package org.sessionpro.backend.config;

import java.time.Duration;

/// How what is owed to stores is worked on (`decisions-stores.md` §6).
///
/// @param workersPerProvider items of one provider that are worked on at once for which it is asked,
///     and as many for which it is not, 1…64, default 4
/// @param maxAttempts failures after which an item is parked, 1…1 000, default 36, about a week
/// @param sweepInterval between two looks for renewals that nobody announced, whole seconds from
///     60 s to a day, default 900 s
/// @param retentionGoogle how long the ids of Google's messages are kept after what they tell, whole
///     seconds from 8 days, default 8 days: Google repeats a message for a week
/// @param retentionApple as above for Apple, from 31 days, default 31 days
public record InboxSettings(
    int workersPerProvider,
    int maxAttempts,
    Duration sweepInterval,
    Duration retentionGoogle,
    Duration retentionApple) {
  static final int MAX_WORKERS = 64;
  static final int MAX_ATTEMPTS = 1_000;
  static final Duration MIN_SWEEP_INTERVAL = Duration.ofMinutes(1);
  static final Duration MAX_SWEEP_INTERVAL = Duration.ofDays(1);
  static final Duration MAX_RETENTION = Duration.ofDays(3_650);

  /// What holds unless the operator says otherwise.
  public static final InboxSettings DEFAULT =
      new InboxSettings(4, 36, Duration.ofMinutes(15), Duration.ofDays(8), Duration.ofDays(31));
}
