package org.sessionpro.backend.cli.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.inspection.ExistingLedger;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Backups;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.db.SqliteCopy;
import org.sessionpro.backend.db.SqliteReplacement;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.ledger.LedgerView.Summary;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.backend.ledger.OperatorActs;
import org.sessionpro.backend.proof.KeyHealth;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;

/// A copy of an SQLite ledger that is to take the ledger's place (`decisions.md` §3).
///
/// The file itself stays as it is. What takes the ledger's place is a copy of it, whose tables are up to
/// date and whose ticket is above every one that can have been served before it is put there.
final class Restoration {
  /// So far the ticket moves on above those of both ledgers.
  private static final long TICKETS = 1_000_000;

  private final Settings settings;
  private final Path file;
  private final Path ledger;
  private final SchemaState schema;
  private final Summary restored;
  private final Optional<Summary> present;

  private Restoration(
      Settings settings, Path file, Path ledger, SchemaState schema, Summary restored) {
    this.settings = settings;
    this.file = file;
    this.ledger = ledger;
    this.schema = schema;
    this.restored = restored;
    this.present = present(ledger);
  }

  /// Looks at both.
  ///
  /// @throws CommandFailed if the file cannot take the ledger's place
  static Restoration of(Path file, Settings settings, Crypto crypto) {
    Path ledger = BackupFolder.ledger(settings.storage());
    requireOther(file, ledger);
    try (LedgerView view = LedgerView.open(new DatabaseUrl.Sqlite(file))) {
      SchemaState schema = view.schema();
      Summary summary =
          switch (schema.standing()) {
            case ABSENT -> throw noLedger(file);
            case NEWER -> throw CommandFailed.because(schema.text());
            case OLDER, CURRENT -> view.summary().orElseThrow(() -> noLedger(file));
          };
      requireOurs(summary, settings, crypto);
      return new Restoration(settings, file, ledger, schema, summary);
    } catch (DatabaseFault | IllegalStateException unreadable) {
      throw noLedger(file);
    }
  }

  private static CommandFailed noLedger(Path file) {
    return CommandFailed.because("no ledger can be read from " + file);
  }

  private static void requireOther(Path file, Path ledger) {
    try {
      if (Files.exists(file) && Files.exists(ledger) && Files.isSameFile(file, ledger)) {
        throw CommandFailed.because("that file is the ledger itself");
      }
    } catch (IOException unreadable) {
      throw noLedger(file);
    }
  }

  /// No server would start on the ledger of another key.
  private static void requireOurs(Summary summary, Settings settings, Crypto crypto) {
    KeyHealth.check(settings.keys(), summary.owner(), crypto).stream()
        .filter(problem -> problem.key().equals("signing_key"))
        .findFirst()
        .ifPresent(problem -> {
          throw CommandFailed.because(
              "the signing key is not the one of that ledger: found "
                  + problem.found()
                  + ", expected "
                  + problem.expected());
        });
  }

  /// Empty too if it is damaged, which is why it is replaced.
  private static Optional<Summary> present(Path ledger) {
    if (!Files.exists(ledger)) {
      return Optional.empty();
    }
    try (LedgerView view = LedgerView.open(new DatabaseUrl.Sqlite(ledger))) {
      return view.summary();
    } catch (DatabaseFault | IllegalStateException damaged) {
      return Optional.empty();
    }
  }

  /// What it would come to.
  Report plan(Instant now) {
    return report(Math.max(restored.ticket().value() + step(), now.getEpochSecond()))
        .absent("kept_file")
        .rows("ledgers", ledgers())
        .flag("applied", false);
  }

  /// Does it.
  ///
  /// @param shell where a person sees how far it is
  /// @throws DatabaseFault if a server is at work on the ledger, or the file system refuses; then the
  ///     ledger is as before
  Report apply(String reason, Instant now, Shell shell) {
    Path draft = beside(now, ".restored");
    Path aside = beside(now, ".replaced");
    try (Progress progress = new Progress(shell)) {
      SqliteCopy.make(file, draft, BackupFolder.watched(progress, file, "the copy is copied"));
      progress.done("its tables and its ticket are moved on");
      Ticket ticket = advance(draft, reason, now);
      progress.done("it takes the ledger's place");
      boolean kept = SqliteReplacement.put(draft, ledger, aside);
      Report report = report(ticket.value());
      return (kept ? report.text("kept_file", aside.toString()) : report.absent("kept_file"))
          .rows("ledgers", ledgers())
          .flag("applied", true);
    } finally {
      delete(draft);
      delete(draft.resolveSibling(draft.getFileName() + ".lock"));
    }
  }

  private Path beside(Instant now, String ending) {
    return ledger.resolveSibling(Backups.stamp(now) + "_" + ledger.getFileName() + ending);
  }

  private Ticket advance(Path draft, String reason, Instant now) {
    try (Ledger opened =
        Ledger.open(
            new DatabaseUrl.Sqlite(draft),
            ExistingLedger.allowance(settings),
            new SecureRandom())) {
      OperatorActs operator = opened.operator();
      operator.note(new OperatorAct(OperatorAct.Kind.TICKET_BUMPED, null, effect(), reason, now));
      return operator.bumpTicket(step(), reason, OperatorActs.Mode.APPLIED, now).to();
    } catch (IllegalArgumentException outOfRange) {
      throw CommandFailed.because("the ticket cannot move on: it " + outOfRange.getMessage());
    }
  }

  private String effect() {
    String restoredFrom = "ledger restored from " + file.getFileName();
    return present
        .map(lost ->
            restoredFrom
                + "; revocations before: %d, now: %d"
                    .formatted(lost.revocations(), restored.revocations()))
        .orElse(restoredFrom);
  }

  /// The ledger that is lost may have been restored before, and be ahead for that.
  private long step() {
    long ahead = present.map(lost -> lost.ticket().value() - restored.ticket().value()).orElse(0L);
    return TICKETS + Math.max(ahead, 0);
  }

  private Report report(long ticket) {
    Report report = Report.empty().text("file", file.toString());
    return DbCommands.version(report, "schema_version", schema.installed())
        .number("ticket", ticket);
  }

  private List<Report> ledgers() {
    List<Report> rows = new ArrayList<>();
    rows.add(row("restored", restored));
    present.ifPresent(lost -> rows.add(row("replaced", lost)));
    return rows;
  }

  private static Report row(String name, Summary summary) {
    return Report.empty()
        .text("ledger", name)
        .number("accounts", summary.accounts())
        .number("payments", summary.payments())
        .number("revocations", summary.revocations())
        .number("ticket", summary.ticket().value());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      throw new DatabaseFault(
          "a file that is of no use any more cannot be deleted: " + file, stays);
    }
  }
}
