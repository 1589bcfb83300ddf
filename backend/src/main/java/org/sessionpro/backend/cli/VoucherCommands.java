package org.sessionpro.backend.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.inspection.ExistingLedger;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.SchemaState.Standing;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Effect.Concerned;
import org.sessionpro.backend.ledger.Effect.State;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.development.DevelopmentMint;
import org.sessionpro.backend.store.development.DevelopmentMint.Order;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
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
        "Grants a voucher to an account, which is created if there is none. Says what it would do, and",
        "does it with --apply; with --dev at once, and without a reason. Works beside a running server.",
        "Each call grants one more. The owner's client gets a proof for it by asking for one."
      },
      footer = {
        "",
        "Members with --json: payment_id (null in a plan), plan, length_duration,",
        "account_expiry_before_ts (null if there was no account), account_expiry_ts, applied."
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
      @Option(
              names = "--provider",
              paramLabel = "P",
              defaultValue = "stf",
              description = {
                "stf, google_play or app_store (default: stf). Payments of stores are minted only",
                "while nothing leaves the server: SESH_PRO_BACKEND_PROVIDER_DRY_RUN=1."
              })
          PaymentProvider provider,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    Plan plan = plan(label);
    Order order = new Order(owner, provider, plan, length(plan, seconds), true);
    Settings settings = options.read(shell.environment());
    if (provider != PaymentProvider.STF && !settings.jobs().stores().dryRun()) {
      throw CommandFailed.because(
          "payments of stores are minted in a dry run only: "
              + Setting.PROVIDER_DRY_RUN.variable()
              + " is not 1");
    }
    boolean apply = act.apply() || settings.dev();
    String reason = settings.dev() ? act.optionalReason() : act.reason();
    try (Ledger ledger = open(settings, apply)) {
      return shell.print(grant(ledger, order, reason, apply), output);
    }
  }

  private Report grant(Ledger ledger, Order order, @Nullable String reason, boolean apply) {
    Instant now = clock.instant();
    Statement statement = new DevelopmentMint(ledger, new SecureRandom()).statement(order, now);
    Concerned account =
        ledger.operator().grant(statement, reason, ApplyOptions.mode(apply), now).of(order.owner());
    Report report =
        apply
            ? Report.empty().text("payment_id", name(statement.key()))
            : Report.empty().absent("payment_id");
    return report
        .text("plan", order.plan().code())
        .span("length_duration", order.length())
        .moment("account_expiry_before_ts", expiry(account.before()))
        .moment("account_expiry_ts", expiry(account.after()))
        .flag("applied", apply);
  }

  private static @Nullable Instant expiry(@Nullable State state) {
    return state == null ? null : state.account().entitlement().expiry();
  }

  /// What clients are shown as its id.
  private static String name(PaymentKey key) {
    return switch (key.provider()) {
      case GOOGLE_PLAY -> key.subscription() + "|" + key.cycle();
      case APP_STORE, STF -> key.subscription();
    };
  }

  /// A plan makes no ledger, and nothing here changes the tables of one.
  private static Ledger open(Settings settings, boolean apply) {
    DatabaseUrl url = settings.storage().database();
    if (!apply || Databases.state(url).standing() != Standing.ABSENT) {
      return ExistingLedger.open(settings);
    }
    return new Ledger(Databases.open(url), ExistingLedger.rules(settings, new SecureRandom()));
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
