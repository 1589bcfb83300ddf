package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Effect;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorActs.Mode;
import org.sessionpro.backend.ledger.Sought;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro payment`: what can be done with a payment that is known.
@Command(name = "payment", description = "What can be done with a payment that is known.")
public final class PaymentCommands {
  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public PaymentCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "reattribute",
      description = {
        "Gives a subscription with all its cycles, or a voucher, to another key: the same person, who",
        "lost the first one. Says what it would do, and does it with --apply.",
        "",
        "The account that loses it is judged as after any other loss: its proofs in circulation are",
        "revoked unless something else covers it. What the store states about the owner stays visible;",
        "it gives nothing back, and renewals follow the new owner."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  provider               google_play, app_store or stf",
        "  subscription           what changes hands: token, original transaction or voucher",
        "  moved                  how many of its cycles change hands",
        EffectReport.MEMBERS_1,
        EffectReport.MEMBERS_2,
        EffectReport.MEMBERS_3,
        EffectReport.MEMBERS_4
      })
  int reattribute(
      @Parameters(
              paramLabel = "PAYMENT",
              description =
                  "Any id of it: order, purchase token, transaction, voucher, or payment id of v1.",
              converter = SoughtConverter.class)
          Sought sought,
      @Option(
              names = "--to",
              paramLabel = "KEY",
              required = true,
              description = "The new owner's master key, 64 hex digits.")
          MasterKey to,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = act.reason();
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    Settings settings = options.read(shell.environment());
    try (Ledger ledger = ExistingLedger.open(settings)) {
      PaymentKey any = subscription(Inspected.find(ledger, sought));
      Instant now = clock.instant();
      Effect effect = ledger.operator().reattribute(any, to, reason, Mode.PLANNED, now);
      if (effect.moved() == 0) {
        throw CommandFailed.because(
            "nothing changes hands: it is that key's already, or nobody's to have");
      }
      if (act.apply()) {
        effect = ledger.operator().reattribute(any, to, reason, Mode.APPLIED, now);
      }
      Report report =
          Report.empty()
              .text("provider", any.provider().code())
              .text("subscription", ids.subscription(any))
              .number("moved", effect.moved());
      EffectReport effects = new EffectReport(ExistingLedger.allowance(settings), ids);
      return shell.print(effects.appended(report, effect, act.apply()), output);
    }
  }

  /// Any cycle of the one subscription that was named.
  private static PaymentKey subscription(Inspected found) {
    AccountHistory account = found.account();
    List<PaymentKey> named =
        Stream.concat(
                account == null ? Stream.empty() : account.payments().stream(),
                found.unclaimed().stream())
            .filter(payment -> found.named().contains(payment.id()))
            .map(payment -> payment.stored().payment().key())
            .toList();
    long subscriptions = named.stream().map(PaymentKey::subscriptionKey).distinct().count();
    if (subscriptions != 1) {
      throw CommandFailed.misused(
          named.isEmpty()
              ? "name a payment, not an account"
              : "the id belongs to several purchases; name one by its order or transaction");
    }
    return named.getFirst();
  }
}
