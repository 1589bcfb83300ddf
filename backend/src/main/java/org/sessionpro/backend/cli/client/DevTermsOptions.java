package org.sessionpro.backend.cli.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.V0Plan;
import picocli.CommandLine.Option;

/// What a server in development mode is to make of a payment that no store knows (`wire-v0.md` §7).
final class DevTermsOptions {
  @Option(names = "--dev-plan", paramLabel = "PLAN", description = "1M, 3M or 12M (default: 1M).")
  private @Nullable String plan;

  @Option(
      names = "--dev-duration-ms",
      paramLabel = "MS",
      description = "How long it runs, 1 ms to 365 days (default: a day).")
  private @Nullable Long millis;

  @Option(names = "--dev-auto-renewing", description = "It claims to renew itself.")
  private boolean renewing;

  /// @throws CommandFailed if there are no such terms
  DevTerms terms() {
    try {
      return new DevTerms(
          plan == null ? DevTerms.DEFAULT.plan() : plan(plan),
          millis == null ? DevTerms.DEFAULT.duration() : Duration.ofMillis(millis),
          renewing);
    } catch (IllegalArgumentException outOfRange) {
      throw CommandFailed.misused("--dev-duration-ms must be 1 ms to 365 days");
    }
  }

  private static V0Plan plan(String label) {
    return Plan.ofLabel(label)
        .filter(known -> known.nominalLength().isPresent())
        .map(known -> V0Plan.of(known, known.nominalLength().orElseThrow()))
        .orElseThrow(() -> CommandFailed.misused("--dev-plan must be 1M, 3M or 12M"));
  }
}
