package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorActs.TicketMove;
import org.sessionpro.backend.ledger.RevocationState;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.v1.RevocationList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro revocations`: the list of revoked proofs that everybody polls.
@Command(name = "revocations", description = "The list of revoked proofs that everybody polls.")
public final class RevocationCommands {
  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public RevocationCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "list",
      description = "Lists what is revoked and still listed, newest first. Changes nothing.",
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  ticket                 the number by which clients know that the list has grown",
        "  total                  entries, shown or not",
        "  items                  tag, revoked_ts, effective_ts (for clients of v1; two hours earlier",
        "                         for v0), unlisted_ts"
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
    Settings settings = options.read(shell.environment());
    Instant now = clock.instant();
    try (Ledger ledger = ExistingLedger.open(settings)) {
      RevocationState state = ledger.revocations(now, RevocationSnapshot.RETENTION);
      List<Report> rows =
          state.revoked().stream()
              .sorted(Comparator.comparing(RevokedTag::recordedAt).reversed())
              .limit(limit)
              .map(entry -> row(entry, ids))
              .toList();
      Report report =
          Report.empty()
              .number("ticket", state.ticket().value())
              .number("total", state.revoked().size());
      return shell.print(report.rows("items", rows), output);
    }
  }

  private static Report row(RevokedTag entry, ShownIds ids) {
    return Report.empty()
        .text("tag", ids.of(entry.tag()))
        .moment("revoked_ts", entry.recordedAt())
        .moment("effective_ts", entry.recordedAt().plus(RevocationList.EFFECTIVE_DELAY))
        .moment("unlisted_ts", entry.recordedAt().plus(RevocationSnapshot.RETENTION));
  }

  @Command(
      name = "bump-ticket",
      description = {
        "Moves the ticket by N, or to the present second if that is more, so that every client fetches",
        "the list anew: after a restore from a backup. Says what it would do, and does it with --apply."
      },
      footer = {
        "",
        "Members with --json: ticket_before, ticket, applied.",
      })
  int bumpTicket(
      @Parameters(paramLabel = "N", description = "1 or more.") long by,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = act.reason();
    try (Ledger ledger = ExistingLedger.open(options.read(shell.environment()))) {
      TicketMove move = ledger.operator().bumpTicket(by, reason, act.mode(), clock.instant());
      Report report =
          Report.empty()
              .number("ticket_before", move.from().value())
              .number("ticket", move.to().value());
      return shell.print(report.flag("applied", act.apply()), output);
    } catch (IllegalArgumentException outOfRange) {
      throw CommandFailed.misused("N " + outOfRange.getMessage());
    }
  }

  @Command(
      name = "delete",
      description = {
        "Always fails: revocations are final. An account that something covers has a new tag already, and",
        "its client gets a proof under it by asking for one."
      })
  int delete(
      @Parameters(paramLabel = "KEY", description = "Master key, 64 hex digits, 0x allowed.")
          MasterKey key,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    boolean known;
    try (Ledger ledger = ExistingLedger.open(options.read(shell.environment()))) {
      known = ledger.account(key).isPresent();
    }
    throw CommandFailed.because(
        known ? "revocations are final" : "no account is known by that key");
  }
}
