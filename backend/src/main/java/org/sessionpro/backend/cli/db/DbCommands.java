package org.sessionpro.backend.cli.db;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.ApplyOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Defect;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro db`: the database behind the server. Works beside a running server, except for `restore`; only
/// that and `migrate` change anything in it.
@Command(name = "db", description = "The ledger's database.")
public final class DbCommands {
  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;
  private final TablePrinter tables;

  /// @param crypto asked when a command runs: it loads native libraries
  public DbCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
    this.tables = new TablePrinter(shell, crypto);
  }

  @Command(
      name = "info",
      description = {
        "Says where the database is, how large it is, of which version its tables are, how much",
        "there is of everything, and to which signing key the ledger belongs. Changes nothing."
      },
      footer = {
        "",
        "Members with --json, in this order; from accounts on null if the tables cannot be read:",
        "",
        "  database               where it is, without password",
        "  size_bytes",
        "  schema_version         of the tables; null if there are none",
        "  program_schema_version that this program works on",
        "  schema                 absent, older, current or newer",
        "  accounts, revocations, payments",
        "  unredeemed             payments that wait for their owner",
        "  parked                 of what is owed to stores, what waits for somebody",
        "  google_owed, apple_owed",
        "                         the rest of that, which the server works on",
        "  generations",
        "  ticket                 of the revocation list",
        "  signing_public_key     that the ledger belongs to; null if no server ever ran on it"
      })
  int info(@Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    DatabaseUrl url = database(settings);
    try (LedgerView ledger = LedgerView.open(url)) {
      DbInfo info = DbInfo.of(url, ledger);
      return shell.print(info.lines(), info.report(), output);
    }
  }

  @Command(
      name = "print",
      description = {
        "Prints every table; meant for development. Changes nothing.",
        "",
        "What links to a person or a purchase (keys, tags, tokens, transaction and order ids, free",
        "text) is replaced by the start of a digest: equal ones look equal within one run, and",
        "nothing leads back to them. There is no secret in the tables: the signing key is in a file."
      })
  int print(
      @Mixin SettingsOptions settings,
      @Option(
              names = "--unmasked",
              description = {
                "Print identifiers in clear, into a terminal only: what is piped or redirected stays",
                "somewhere."
              })
          boolean unmasked) {
    if (unmasked && !shell.terminals().showsResults()) {
      throw CommandFailed.misused("--unmasked needs a terminal to print to");
    }
    tables.print(database(settings), unmasked);
    return ExitCode.OK.number();
  }

  @Command(
      name = "migrate",
      description = {
        "Brings the tables up to date, making them if there are none, and says from which version",
        "to which. The server does the same when it starts. There is no way back: back up first.",
        "Says what it would do, and does it with --apply."
      },
      footer = {
        "",
        "Members with --json: from_version (null if there are no tables), to_version, applied."
      })
  int migrate(
      @Mixin ApplyOptions act, @Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    DatabaseUrl url = database(settings);
    SchemaState before = Databases.state(url);
    if (act.apply()) {
      before = migrate(url, before);
    }
    Report report = version(Report.empty(), "from_version", before.installed());
    return shell.print(
        report.number("to_version", before.newest()).flag("applied", act.apply()), output);
  }

  private SchemaState migrate(DatabaseUrl url, SchemaState before) {
    int installed = before.installed() == null ? 0 : before.installed();
    try (Progress progress = new Progress(shell)) {
      progress.expect(before.newest() - installed);
      return Databases.migrate(
          url,
          version -> progress.at(version - 1L - installed, "the tables become version " + version));
    }
  }

  @Command(
      name = "check",
      description = {
        "Checks the database: the engine's own integrity check, the version of the tables, the",
        "triggers that keep facts append only, and rules that must hold of every row. Changes",
        "nothing; exit status 1 if anything is found. Takes as long as reading every table."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  sound                  whether nothing is wrong",
        "  schema_version         of the tables; null if there are none",
        "  findings               check, count (of what it found), detail"
      })
  int check(@Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    List<Defect> findings;
    SchemaState schema;
    try (Progress progress = new Progress(shell);
        LedgerView ledger = LedgerView.open(database(settings))) {
      progress.expect(2);
      schema = ledger.schema();
      findings = ledger.check(progress::next);
    }
    Report report = Report.empty().flag("sound", findings.isEmpty());
    shell.print(
        version(report, "schema_version", schema.installed())
            .rows("findings", findings.stream().map(DbCommands::row).toList()),
        output);
    if (findings.isEmpty()) {
      return ExitCode.OK.number();
    }
    shell.error("the database is not sound: " + findings.size() + " findings");
    return ExitCode.FAILED.number();
  }

  @Command(
      name = "backup",
      description = {
        "Copies an SQLite ledger into one file that only this user may read, checks the copy and gives",
        "it its name. Works beside a running server, whose writes do not wait. The server does the same",
        "by itself: see [backup] in the settings."
      },
      footer = {"", "Members with --json: file, size_bytes, taken_ts."})
  int backup(
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description = "Which does not exist yet; default: a new one among the others.")
          @Nullable Path to,
      @Mixin SettingsOptions settings,
      @Mixin OutputOptions output) {
    BackupFolder folder = new BackupFolder(settings.read(shell.environment()).storage());
    return shell.print(folder.make(to, clock.instant(), shell), output);
  }

  @Command(
      name = "backups",
      description = {
        "Lists the copies of an SQLite ledger, newest first. The earliest of every month is kept for",
        "ever, the others for 180 days: the server deletes them after that. Changes nothing."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  directory",
        "  total                  how many there are",
        "  items                  file, size_bytes, taken_ts, kept_until_ts (null for ever)"
      })
  int backups(@Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    BackupFolder folder = new BackupFolder(settings.read(shell.environment()).storage());
    return shell.print(folder.list(clock.instant()), output);
  }

  @Command(
      name = "restore",
      description = {
        "Puts a copy in the place of an SQLite ledger, whose file is kept under another name, and moves",
        "the ticket of the revocation list above every one that was served, so that all clients fetch",
        "the list anew. Says what it would do, and does it with --apply while no server runs.",
        "",
        "What happened after the copy was made is lost: stores tell it again, operators do not. So are",
        "revocations of that time; those of purchases come again from the stores."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  file, schema_version   the copy, and of which version its tables are",
        "  ticket                 of the revocation list afterwards",
        "  kept_file              where the file that was there is then; null if there was none, and",
        "                         in a plan",
        "  ledgers                ledger (restored, replaced), accounts, payments, revocations, ticket;",
        "                         of the one that is replaced only if it can be read",
        "  applied"
      })
  int restore(
      @Parameters(
              paramLabel = "FILE",
              description = "A copy, made by 'pro db backup' or the server.")
          Path file,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = act.reason();
    Settings settings = options.read(shell.environment());
    Restoration restoration = Restoration.of(file, settings, crypto.get());
    Instant now = clock.instant();
    Report report = act.apply() ? restoration.apply(reason, now, shell) : restoration.plan(now);
    return shell.print(report, output);
  }

  private static Report row(Defect defect) {
    return Report.empty()
        .text("check", defect.check())
        .number("count", defect.count())
        .text("detail", defect.detail());
  }

  static Report version(Report report, String name, @Nullable Integer version) {
    return version == null ? report.absent(name) : report.number(name, version);
  }

  private DatabaseUrl database(SettingsOptions settings) {
    return settings.read(shell.environment()).storage().database();
  }
}
