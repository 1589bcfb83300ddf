package org.sessionpro.backend.config;

import java.time.Duration;

/// What runs without being asked.
///
/// @param voucherProcessingWindow how long ago the credits of an account must have been charged to be
///     charged again, whole seconds ≥ 0, default 86 400 s (`operator-v1.md` §1.1)
/// @param lease how long a process that has died keeps others from its jobs, 60 s; in development
///     mode 3…3 600 s
/// @param tick real time between two looks at the clock of whatever waits for an instant, 1 s; less
///     where the clock jumps ([DevelopmentSettings])
/// @param inbox how what is owed to stores is worked on
/// @param stores to which anything can be owed
public record JobSettings(
    Duration voucherProcessingWindow,
    Duration lease,
    Duration tick,
    InboxSettings inbox,
    StoreSettings stores) {
  static final Duration DEFAULT_WINDOW = Duration.ofDays(1);
  static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

  /// Time enough to renew it at two ticks of a second.
  static final Duration MIN_LEASE = Duration.ofSeconds(3);

  static final Duration MAX_LEASE = Duration.ofHours(1);

  /// Settings of a server whose clock does not jump.
  public JobSettings(
      Duration voucherProcessingWindow, Duration lease, InboxSettings inbox, StoreSettings stores) {
    this(voucherProcessingWindow, lease, DevelopmentSettings.TICK, inbox, stores);
  }

  /// Settings of a server without stores, with the inbox as it is unless the operator says otherwise.
  public JobSettings(Duration voucherProcessingWindow, Duration lease) {
    this(voucherProcessingWindow, lease, InboxSettings.DEFAULT, StoreSettings.OFF);
  }
}
