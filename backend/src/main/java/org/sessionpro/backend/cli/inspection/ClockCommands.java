package org.sessionpro.backend.cli.inspection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseClock;
import org.sessionpro.backend.db.Databases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro clock`: whether the clock that requests are judged by and proofs are dated by is right.
@Command(name = "clock", description = "The clock that requests are judged by.")
public final class ClockCommands {
  private static final int MOST_SECONDS = 60;

  private final Shell shell;
  private final InstantSource clock;

  public ClockCommands(Shell shell, InstantSource clock) {
    this.shell = shell;
    this.clock = clock;
  }

  @Command(
      name = "check",
      description = {
        "Compares this machine's clock with that of the database's machine, and with the Date that a web",
        "server gives if one is named. Changes nothing; exit status 1 if they differ by more than the",
        "limit, or one could not be asked. Requests of clients are refused from about a minute on.",
        "An SQLite ledger has no clock of its own: without a web server nothing is compared then."
      },
      footer = {
        "",
        "Members with --json, in this order; null where nothing was asked:",
        "",
        "  sound                  whether no clock is off by more than the limit; null if none was",
        "                         compared",
        "  clock_ts               this machine's clock",
        "  limit_duration         what is tolerated",
        "  database_ahead_ms      by how many milliseconds the database's clock is ahead of ours,",
        "                         negative if behind",
        "  server_ahead_ms        the same of the web server's, as far as its whole seconds tell"
      })
  int check(
      @Option(
              names = "--against",
              paramLabel = "URL",
              description = "A web server with a good clock, http or https.")
          @Nullable URI server,
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              defaultValue = "5",
              description = "How long it may take to answer, 1 to 60 (default: 5).")
          int timeout,
      @Option(
              names = "--limit",
              paramLabel = "SECONDS",
              defaultValue = "5",
              description = "How far clocks may differ, 1 to 60 (default: 5).")
          int limit,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    Duration tolerated = Duration.ofSeconds(required("--limit", limit));
    Duration patience = Duration.ofSeconds(required("--timeout", timeout));
    Duration database = ofDatabase(options.read(shell.environment()));
    Duration web = server == null ? null : WebClock.ahead(server, patience, clock);
    boolean compared = database != null || web != null;
    boolean sound = isWithin(database, tolerated) && isWithin(web, tolerated);
    Report empty = Report.empty();
    Report report =
        (compared ? empty.flag("sound", sound) : empty.absent("sound"))
            .moment("clock_ts", clock.instant())
            .span("limit_duration", tolerated);
    shell.print(
        ahead(ahead(report, "database_ahead_ms", database), "server_ahead_ms", web), output);
    if (!compared) {
      shell.error("nothing was compared: name a web server with --against");
    }
    if (sound) {
      return ExitCode.OK.number();
    }
    shell.error("the clocks differ by more than " + limit + " s");
    return ExitCode.FAILED.number();
  }

  private static int required(String name, int seconds) {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw CommandFailed.misused(name + " must be from 1 to " + MOST_SECONDS);
    }
    return seconds;
  }

  private static boolean isWithin(@Nullable Duration ahead, Duration limit) {
    return ahead == null || ahead.abs().compareTo(limit) <= 0;
  }

  private static Report ahead(Report report, String name, @Nullable Duration ahead) {
    return ahead == null ? report.absent(name) : report.number(name, ahead.toMillis());
  }

  /// Null for a database on this machine.
  private @Nullable Duration ofDatabase(Settings settings) {
    if (!(settings.storage().database() instanceof DatabaseUrl.Postgres server)) {
      return null;
    }
    // Whatever tables there are, if any.
    try (Database database = Databases.openAsItStands(server)) {
      Instant before = clock.instant();
      Optional<Instant> theirs = DatabaseClock.read(database);
      Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
      return theirs.map(it -> Duration.between(middle, it)).orElse(null);
    }
  }
}
