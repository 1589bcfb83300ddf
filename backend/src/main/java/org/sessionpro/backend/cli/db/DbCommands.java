package org.sessionpro.backend.cli.db;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.ApplyOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Finding;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro db`: the database behind the server. Works beside a running server; only `migrate` changes
/// anything.
@Command(name = "db", description = "The ledger's database.")
public final class DbCommands {
  private final Shell shell;
  private final TablePrinter tables;

  /// @param crypto asked when a command runs: it loads native libraries
  public DbCommands(Shell shell, Supplier<Crypto> crypto) {
    this.shell = shell;
    this.tables = new TablePrinter(shell, crypto);
  }

  @Command(
      name = "info",
      description = {
        "Says where the database is, how large it is, of which version its tables are, how much",
        "there is of everything, and to which signing key the ledger belongs. Changes nothing."
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
    SchemaState before = act.apply() ? Databases.migrate(url) : Databases.state(url);
    Report report = version(Report.empty(), "from_version", before.installed());
    return shell.print(
        report.number("to_version", before.newest()).flag("applied", act.apply()), output);
  }

  @Command(
      name = "check",
      description = {
        "Checks the database: the engine's own integrity check, the version of the tables, the",
        "triggers that keep facts append only, and rules that must hold of every row. Changes",
        "nothing; exit status 1 if anything is found. Takes as long as reading every table."
      })
  int check(@Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    List<Finding> findings;
    SchemaState schema;
    Progress progress = new Progress(shell);
    progress.expect(2);
    try (LedgerView ledger = LedgerView.open(database(settings))) {
      schema = ledger.schema();
      findings = ledger.check(progress::next);
    } finally {
      progress.finish();
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

  private static Report row(Finding finding) {
    return Report.empty()
        .text("check", finding.check())
        .number("count", finding.count())
        .text("detail", finding.detail());
  }

  static Report version(Report report, String name, @Nullable Integer version) {
    return version == null ? report.absent(name) : report.number(name, version);
  }

  private DatabaseUrl database(SettingsOptions settings) {
    return settings.read(shell.environment()).storage().database();
  }
}
