package org.sessionpro.backend.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.store.voucher.VoucherMint.Voucher;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro voucher`: service that the operator grants.
@Command(name = "voucher", description = "Service that the operator grants.")
public final class VoucherCommands {
  private final Shell shell;
  private final InstantSource clock;

  public VoucherCommands(Shell shell, InstantSource clock) {
    this.shell = shell;
    this.clock = clock;
  }

  @Command(
      name = "mint",
      description = {
        "Grants a voucher to an account, which is created if there is none. Works beside a",
        "running server. Each call grants one more."
      })
  int mint(
      @Option(
              names = "--master-key",
              paramLabel = "HEX",
              required = true,
              description = "The account: its public master key, 64 hex digits.")
          MasterKey owner,
      @Option(
              names = "--plan",
              paramLabel = "PLAN",
              required = true,
              description = "1M, 3M or 12M: 30, 90 or 365 days; or any plan with --duration.")
          String label,
      @Option(
              names = "--duration",
              paramLabel = "SECONDS",
              description = "Length of service instead of the plan's own.")
          @Nullable Long seconds,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    Plan plan = plan(label);
    Duration length = length(plan, seconds);
    Settings settings = options.read(shell.environment());
    RenewalAllowance allowance =
        new RenewalAllowance(settings.entitlement().renewalLatencyAllowance());
    try (Ledger ledger =
        Ledger.open(settings.storage().database(), allowance, new SecureRandom())) {
      Voucher voucher = new VoucherMint(ledger).mint(owner, plan, length, clock.instant());
      Report report =
          Report.empty()
              .text("payment_id", voucher.orderId().value())
              .text("plan", voucher.plan().code())
              .span("length_duration", voucher.length())
              .moment(
                  "account_expiry_ts", ledger.account(owner).orElseThrow().entitlement().expiry());
      return shell.print(report, output);
    }
  }

  private static Plan plan(String label) {
    Plan plan =
        Plan.ofLabel(label)
            .orElseThrow(
                () -> CommandFailed.misused("--plan must be 1M, 3M, 12M or a code such as 7d"));
    if (plan.code().equals("lifetime")) {
      throw CommandFailed.misused("--plan cannot be lifetime: a voucher has a length");
    }
    return plan;
  }

  private static Duration length(Plan plan, @Nullable Long seconds) {
    if (seconds == null) {
      return plan.nominalLength()
          .orElseThrow(
              () -> CommandFailed.misused("--plan needs --duration unless it is 1M, 3M or 12M"));
    }
    if (seconds <= 0 || seconds > VoucherMint.MAX_LENGTH.toSeconds()) {
      throw CommandFailed.misused(
          "--duration must be 1 to " + VoucherMint.MAX_LENGTH.toSeconds() + " seconds");
    }
    return Duration.ofSeconds(seconds);
  }
}
