package org.sessionpro.backend.config;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.Plan;

/// The stores that the server talks to (`decisions-stores.md` §6).
///
/// @param google null while Google Play is switched off
/// @param apple null while the App Store is switched off
/// @param dryRun whether nothing leaves the server: what stores say is not asked for (what one sends by
///     itself counts), and what is owed to them holds nobody up and stays owed
public record StoreSettings(
    @Nullable GoogleSettings google, @Nullable AppleSettings apple, boolean dryRun) {
  /// No store at all.
  public static final StoreSettings OFF = new StoreSettings(null, null, false);

  /// Google Play, and no other store.
  public StoreSettings(GoogleSettings google, boolean dryRun) {
    this(google, null, dryRun);
  }

  /// How long one piece of a one-time product of that plan runs.
  ///
  /// @throws IllegalArgumentException if the plan says no length in days: neither a nominal one nor
  ///     `<n>d`
  public static Duration length(Plan plan) {
    return plan.nominalLength()
        .or(() -> days(plan))
        .orElseThrow(() ->
            new IllegalArgumentException("must be 1m, 3m, 1y or a number of days such as 30d"));
  }

  /// How long a plan runs that is called by its days, `<n>d`; empty for every other one.
  public static Optional<Duration> days(Plan plan) {
    String code = plan.code();
    return code.matches("[1-9][0-9]{0,4}d")
        ? Optional.of(Duration.ofDays(Long.parseLong(code.substring(0, code.length() - 1))))
        : Optional.empty();
  }
}
