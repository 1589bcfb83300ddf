package org.sessionpro.backend.cli.inspection;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro acts`: what was done by hand, and why.
@Command(name = "acts", description = "What those who run the service did by hand, and why.")
public final class ActsCommands {
  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public ActsCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "list",
      description = "Lists what commands with --apply and --reason did, newest first. Reads only.",
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  acts                   at_ts, act, target (what it was done to), effect, reason. Acts:",
        "                         voucher_minted, account_revoked, payment_reattributed,",
        "                         ticket_bumped, key_rotated, item_dropped, store_asked"
      })
  int list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many at most (default: 100).")
          int limit,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    if (limit < 1) {
      throw CommandFailed.misused("--limit must be at least 1");
    }
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    try (Ledger ledger = ExistingLedger.open(options.read(shell.environment()))) {
      List<Report> rows =
          ledger.operator().newest(limit).stream().map(act -> row(act, ids)).toList();
      return shell.print(Report.empty().rows("acts", rows), output);
    }
  }

  private Report row(OperatorAct act, ShownIds ids) {
    Report row =
        Report.empty()
            .moment("at_ts", act.at(), clock.instant())
            .text("act", FactWords.code(act.kind()));
    String target = act.target();
    return (target == null ? row.absent("target") : row.text("target", shown(act, target, ids)))
        .text("effect", act.effect())
        .text("reason", act.reason());
  }

  private static String shown(OperatorAct act, String target, ShownIds ids) {
    return switch (act.kind()) {
      case VOUCHER_MINTED, ACCOUNT_REVOKED -> ids.of(MasterKey.fromHex(target));
      case PAYMENT_REATTRIBUTED, STORE_ASKED -> ids.purchase(target);
      case ITEM_DROPPED -> ids.message(target);
      case TICKET_BUMPED, KEY_ROTATED -> target;
    };
  }
}
