package org.sessionpro.backend.cli.takeover;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.RunningServers;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.inspection.ExistingLedger;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.DataDirectory;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Lease;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.db.SchemaState.Standing;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.ledger.ImportRun.State;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerTies;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.proof.KeyHealth;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.takeover.ImportReport;
import org.sessionpro.backend.takeover.OldService;
import org.sessionpro.backend.takeover.Options;
import org.sessionpro.backend.takeover.PythonImport;
import org.sessionpro.backend.takeover.Target;
import org.sessionpro.backend.takeover.V0Service;
import org.sessionpro.backend.takeover.V1Service;
import org.sessionpro.backend.takeover.source.PythonSource;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.backend.takeover.source.V1Source;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pro import`: takes over what another service kept.
@Command(name = "import", description = "Takes over the database of the Python service.")
public final class ImportCommands {
  /// How far back the App Store's list of messages is read again at least.
  private static final Duration READ_AGAIN = Duration.ofDays(7);

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /// @param crypto asked when a command runs: it loads native libraries
  public ImportCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "python",
      description = {
        "Takes over a database of the Python service, of March or of summer 2026: a rehearsal unless",
        "--apply is given. Everything is loaded, into a place that is thrown away, and every account is compared",
        "with what the Python service answers. The source is only read; use a quiet copy. Run it with",
        "the environment of the server. docs/import.md has the whole way."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  verdict            equal, blocked or unexplained",
        "  fingerprint        of everything in the source",
        "  taken_at_ts        the instant that everything goes by",
        "  rows_in, rows_out  of the source, and of the ledger: table, rows",
        "  anomalies          all, those with none included: code, kind, count, blocking",
        "  differences        all: category, accounts, active, largest_ms, sum_ms, losses",
        "  quarantined        rows that were put aside",
        "  obstacles          what --accept or --accept-loss has to name: code",
        "  unexplained_total  differences that nothing explains",
        "  unexplained        the first 1000: subject, part. Ids are digests",
        "",
        "Members with --json, with --write-key: file, signing_public_key.",
        "",
        "Members with --json, with --seal: sealed.",
        "",
        "Members with --json, with --discard: discarded."
      })
  int python(
      @Mixin PythonOptions options,
      @Mixin SettingsOptions settingsOptions,
      @Mixin OutputOptions output) {
    Settings settings = settingsOptions.read(shell.environment());
    if (options.step.seal || options.step.discard) {
      return finish(options.step.seal, settings, output);
    }
    DatabaseUrl url = options.source(shell.environment());
    try (PythonSource source = PythonSource.open(url, options.ignored)) {
      return switch (source) {
        case V0Source spring -> ofSpring(spring, options, settings, output);
        case V1Source summer -> ofSummer(summer, options, settings, output);
      };
    }
  }

  /// What is taken over.
  ///
  /// @param key that signs proofs
  /// @param read up to when Apple's messages were looked for; the epoch for never
  private record Origin(PythonSource source, OldService service, BackendKey key, Instant read) {}

  private int ofSpring(
      V0Source source, PythonOptions options, Settings settings, OutputOptions output) {
    V0Runtime runtime = V0Service.runtime(source);
    Seed seed = new Seed(runtime.seed());
    if (options.step.key != null) {
      return writeKey(options.step.key, seed, output);
    }
    options.requireAllowance(settings);
    return run(
        new Origin(
            source,
            new V0Service(source, runtime, crypto.get()),
            ServerKey.of(seed, crypto.get()).publicKey(),
            Instant.ofEpochMilli(runtime.appleCheckpoint())),
        options,
        settings,
        output);
  }

  /// Its signing key is in a file, so that somebody has to say which it is.
  private int ofSummer(
      V1Source source, PythonOptions options, Settings settings, OutputOptions output) {
    if (options.step.key != null) {
      throw CommandFailed.because("the signing key of this service is in a file of its own");
    }
    V1Service service = new V1Service(source, options.sourceKey());
    Origin origin = new Origin(source, service, service.key(), service.appleCheckpoint());
    return run(origin, options, settings, output);
  }

  private int finish(boolean seal, Settings settings, OutputOptions output) {
    Options options = new PythonOptions().options(settings);
    Database database = existing(settings);
    try (Ledger ledger = ledger(database, options)) {
      if (seal) {
        ledger.imports(options.allowance()).seal();
      } else {
        RunningServers.requireNone(database, clock.instant());
        ledger.imports(options.allowance()).discard();
      }
      return shell.print(Report.empty().flag(seal ? "sealed" : "discarded", true), output);
    }
  }

  private int writeKey(Path file, Seed seed, OutputOptions output) {
    ServerKey key = SigningKeyFile.create(file, seed, crypto.get());
    return shell.print(
        Report.empty()
            .text("file", file.toString())
            .text("signing_public_key", key.publicKey().hex()),
        output);
  }

  private void requireKey(BackendKey ofSource, Settings settings) {
    BackendKey configured =
        KeyHealth.publicKey(settings.keys(), crypto.get())
            .orElseThrow(() ->
                CommandFailed.because(
                    "there is no signing key yet; the source signs with %s, which --write-key writes"
                        .formatted(ofSource.hex())));
    if (!configured.equals(ofSource)) {
      throw CommandFailed.because(
          "the signing key is %s, but the source signs with %s: proofs in circulation would end"
              .formatted(configured.hex(), ofSource.hex()));
    }
  }

  private void requireQuiet(PythonSource source, PythonOptions options) {
    if (source.mayWrite() && !options.writable) {
      throw CommandFailed.because(
          "the user may write to the source; read as one who may not, or give --allow-writable-role");
    }
    int others = source.otherClients();
    if (others > 0) {
      String who = "others have the source open: " + others;
      if (options.step.apply) {
        throw CommandFailed.because(who + "; stop the Python service first");
      }
      shell.error(who);
    }
  }

  private int run(Origin origin, PythonOptions given, Settings settings, OutputOptions output) {
    requireKey(origin.key(), settings);
    requireQuiet(origin.source(), given);
    ImportReport report;
    try (IdsFile ids = IdsFile.create(given.ids);
        Progress progress = new Progress(shell)) {
      PythonImport python =
          new PythonImport(
              origin.service(),
              given.options(settings),
              new PythonImport.Acceptance(given.accepted, given.acceptedLosses),
              random,
              new PythonImport.Watch(
                  (what, done, all) -> {
                    progress.expect(all);
                    progress.at(done, "%s %d of %d accounts".formatted(what, done, all));
                  },
                  ids::write));
      report = run(python, origin, given, settings);
    }
    return show(report, output);
  }

  private ImportReport run(
      PythonImport python, Origin origin, PythonOptions given, Settings settings) {
    Options options = given.options(settings);
    if (!given.step.apply && !given.step.verify) {
      Database aside = Databases.openThrowAway(settings.storage().database(), fresh());
      try (ClosedAtExit _ = new ClosedAtExit(aside);
          Ledger ledger = ledger(aside, options)) {
        Target target = target(ledger, aside, settings, ties(origin, settings), _ -> {});
        return python.rehearse(target, clock.instant());
      }
    }
    Database database = given.step.verify ? existing(settings) : lasting(settings);
    Leases leases = new Leases(database);
    Target target =
        target(
            ledger(database, options),
            database,
            settings,
            ties(origin, settings),
            takenAt -> inheritCheckpoint(origin.read(), takenAt, leases));
    try (Ledger _ = target.ledger()) {
      if (given.step.verify) {
        return python.verify(target);
      }
      if (target.imports().run().filter(run -> run.state() == State.SEALED).isEmpty()) {
        RunningServers.requireNone(database, clock.instant());
      }
      return python.apply(target, clock.instant());
    }
  }

  /// The App Store's list of messages is read from where the old service was, or from a week ago if it
  /// was further: it looked there only when it was started. Noted before the run counts as verified, for
  /// then it may be sealed. Nothing else when it is noted again.
  private void inheritCheckpoint(Instant read, Instant takenAt, Leases leases) {
    if (read.equals(Instant.EPOCH)) {
      return;
    }
    Instant weekAgo = takenAt.minus(READ_AGAIN);
    LeaseHolder holder = LeaseHolder.drawn(random);
    Instant now = clock.instant();
    switch (leases.take(CatchUpNotifications.NAME, holder, now, now.plusSeconds(1))) {
      case Leases.Attempt.Taken(Lease lease) -> {
        var _ = leases.recordRun(lease, true, read.isBefore(weekAgo) ? read : weekAgo);
        leases.release(holder, now);
      }
      case Leases.Attempt.Refused _ ->
          throw CommandFailed.because("another process goes on with this import");
    }
  }

  /// The key that the source signs with, and the apps that the ledger is configured for.
  private static LedgerTies ties(Origin origin, Settings settings) {
    GoogleSettings google = settings.jobs().stores().google();
    AppleSettings apple = settings.jobs().stores().apple();
    return new LedgerTies(
        origin.key(),
        google == null ? null : google.packageName(),
        apple == null ? null : apple.app());
  }

  /// Only the import itself makes a ledger, and nothing here changes the tables of one.
  private static Database lasting(Settings settings) {
    requireLasting(settings);
    DatabaseUrl url = settings.storage().database();
    if (Databases.state(url).standing() != Standing.ABSENT) {
      return ExistingLedger.database(settings);
    }
    DataDirectory.create(settings.storage().dataDirectory());
    return Databases.open(url);
  }

  private static Database existing(Settings settings) {
    requireLasting(settings);
    return ExistingLedger.database(settings);
  }

  private static void requireLasting(Settings settings) {
    if (settings.storage().database() instanceof DatabaseUrl.InMemory) {
      throw CommandFailed.misused("--db must name a ledger that lasts");
    }
  }

  private Target target(
      Ledger ledger,
      Database database,
      Settings settings,
      LedgerTies ties,
      Consumer<Instant> equal) {
    Inbox inbox =
        new Inbox(
            database,
            random,
            new InboxRules(settings.jobs().inbox().maxAttempts(), ProductVersion.current()));
    RenewalAllowance allowance =
        new RenewalAllowance(settings.entitlement().renewalLatencyAllowance());
    return new Target(ledger, ledger.imports(allowance), inbox, ties, equal);
  }

  private Ledger ledger(Database database, Options options) {
    RenewalAllowance allowance = options.allowance();
    return new Ledger(database, Rules.of(allowance, Draws.from(random)));
  }

  /// The name of a schema that nobody else has.
  private String fresh() {
    byte[] name = new byte[8];
    random.nextBytes(name);
    return "pro_import_" + HexFormat.of().formatHex(name);
  }

  private int show(ImportReport report, OutputOptions output) {
    IdentifierMask mask = IdentifierMask.withFreshKey(crypto.get(), random);
    shell.print(new ImportPage(mask).of(report), output);
    return switch (report.verdict()) {
      case EQUAL -> ExitCode.OK.number();
      case BLOCKED -> {
        shell.error("blocked by " + String.join(", ", report.obstacles()));
        yield ExitCode.REFUSED.number();
      }
      case UNEXPLAINED -> {
        shell.error("differences that nothing explains: " + report.findings().unexplainedCount());
        yield ExitCode.UNEXPLAINED.number();
      }
    };
  }
}
